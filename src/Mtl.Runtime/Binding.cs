using Microsoft.ML.OnnxRuntime;

namespace Mtl.Runtime;

/// <summary>
/// A model's inputs and outputs tied to buffers once, so that a run allocates no managed memory and copies nothing. Made by <see cref="Executable.Bind"/>.
/// What it needs per batch size it makes at the first run of that size, and keeps. For one thread at a time.
/// </summary>
public sealed class Binding : IDisposable
{
    private readonly Executable model;
    private readonly BindingPlan plan;
    private readonly Dictionary<int, BoundRows> byRows = [];
    private readonly List<AlignedMemory> held = [];
    private bool disposed;

    internal Binding(
        Executable model, IReadOnlyDictionary<string, TensorView> inputs, IReadOnlyDictionary<string, TensorView> outputs)
    {
        this.model = model;
        plan = new BindingPlan(model, inputs, outputs);
        foreach (var memory in plan.Tensors.Select(tensor => tensor.Memory).Distinct())
        {
            var added = false;
            memory.DangerousAddRef(ref added);
            held.Add(memory);
        }
    }

    ~Binding() => Release();

    /// <summary>Rows in the bound batch tensors; 0 when the model has no free leading dimension.</summary>
    public int Capacity => plan.Capacity;

    /// <summary>Runs over every row.</summary>
    /// <exception cref="ExecutionException">ONNX Runtime failed.</exception>
    public void Run() => Execute(plan.Capacity);

    /// <summary>Runs over the first <paramref name="rows"/> rows of every tensor whose leading dimension the model leaves free.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The buffers hold fewer rows, or the model has no such tensor.</exception>
    /// <exception cref="ExecutionException">ONNX Runtime failed.</exception>
    public void Run(int rows)
    {
        if (rows < 1 || rows > plan.Capacity)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"Model '{model.Name}' was asked to run {rows} rows; {plan.Limits}.");
        }

        Execute(rows);
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        foreach (var bound in byRows.Values)
        {
            bound.Dispose();
        }

        byRows.Clear();
        model.Forget(this);
        Release();
        GC.SuppressFinalize(this);
    }

    private void Execute(int rows)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!byRows.TryGetValue(rows, out var bound))
        {
            bound = new BoundRows(model, plan.For(rows), readInPlace: model.Device.Kind == DeviceKind.Cpu);
            byRows.Add(rows, bound);
        }

        try
        {
            bound.Run();
        }
        catch (OnnxRuntimeException e)
        {
            throw new ExecutionException($"Model '{model.Name}' failed on {model.Device} with {plan.For(rows)}: {e.Message}", e);
        }

        GC.KeepAlive(this);
    }

    private void Release()
    {
        foreach (var memory in held)
        {
            memory.DangerousRelease();
        }

        held.Clear();
    }
}
