using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Mtl.Core;
using Mtl.Graph;

namespace Mtl.Runtime;

/// <summary>
/// An ONNX model, loaded and ready to run. Training steps run through a <see cref="Binding"/> over fixed buffers (nothing allocated, nothing copied);
/// preprocessing, evaluation and serving through <see cref="Run(IReadOnlyDictionary{string, Tensor}, IReadOnlyList{string})"/>. Runs may overlap on several threads. Disposing it disposes its bindings.
/// </summary>
public sealed class Executable : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly List<Binding> bindings = [];
    private bool disposed;

    private Executable(InferenceSession session, string name, Device device)
    {
        (this.session, Name, Device) = (session, name, device);
        Inputs = [.. session.InputNames.Select(input => Spec(input, session.InputMetadata[input]))];
        Outputs = [.. session.OutputNames.Select(output => Spec(output, session.OutputMetadata[output]))];
        Metadata = session.ModelMetadata.CustomMetadataMap;
    }

    /// <summary>What errors call the model.</summary>
    public string Name { get; }

    public Device Device { get; }

    /// <summary>What the model takes, in its own order.</summary>
    public ImmutableArray<TensorSpec> Inputs { get; }

    /// <summary>What the model gives, in its own order.</summary>
    public ImmutableArray<TensorSpec> Outputs { get; }

    /// <summary>Loads a model; some milliseconds for hundreds of operators.</summary>
    /// <param name="onnx">The model file's bytes.</param>
    /// <param name="name">What errors call the model.</param>
    /// <param name="options">How it runs; the default is one CPU thread.</param>
    /// <returns>An error when the bytes are no model, it uses what this build lacks, or the device is not there.</returns>
    public static Result<Executable> Load(byte[] onnx, string name, ExecutableOptions? options = null)
    {
        var chosen = options ?? ExecutableOptions.Default;
        return SessionFactory.Create(onnx, name, chosen).Then<Executable>(session =>
        {
            try
            {
                return new Executable(session, name, chosen.Device);
            }
            catch (NotSupportedException e)
            {
                session.Dispose();
                return Error.Invalid($"Model '{name}' cannot be used: {e.Message}");
            }
        });
    }

    /// <summary>What the model file says of itself, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// Binds buffers to every input and to the outputs that are wanted. Tensors whose leading dimension the model leaves free are given at their
    /// largest size; <see cref="Binding.Run(int)"/> then uses their first rows.
    /// </summary>
    /// <exception cref="ArgumentException">A name, type or shape does not fit the model, or an output lies in the memory of another tensor.</exception>
    public Binding Bind(IReadOnlyDictionary<string, TensorView> inputs, IReadOnlyDictionary<string, TensorView> outputs)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var binding = new Binding(this, inputs, outputs);
        lock (bindings)
        {
            bindings.Add(binding);
        }

        return binding;
    }

    /// <summary>Runs once over tensors of any size.</summary>
    /// <param name="inputs">Every input, by name.</param>
    /// <param name="outputs">Which outputs to give back; all when null.</param>
    /// <returns>The outputs by name; an error when an input is missing, unknown, or of another type or shape than the model takes.</returns>
    /// <exception cref="ExecutionException">ONNX Runtime failed although the inputs were right.</exception>
    public Result<IReadOnlyDictionary<string, Tensor>> Run(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string>? outputs = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var wanted = outputs ?? [.. Outputs.Select(output => output.Name)];
        if (InputCheck.Of(this, inputs, wanted) is { } error)
        {
            return error;
        }

        var values = new Dictionary<string, OrtValue>(inputs.Count);
        try
        {
            foreach (var (input, tensor) in inputs)
            {
                values.Add(input, OrtTensors.From(tensor));
            }

            using var results = session.Run(runOptions, values, wanted);
            return wanted.Zip(results).ToDictionary(pair => pair.First, pair => OrtTensors.ToTensor(pair.Second));
        }
        catch (OnnxRuntimeException e)
        {
            var given = string.Join(", ", inputs.Select(input => $"{input.Key}: {input.Value}"));
            throw new ExecutionException($"Model '{Name}' failed on {Device} with inputs {given}: {e.Message}", e);
        }
        finally
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        Binding[] open;
        lock (bindings)
        {
            open = [.. bindings];
        }

        Array.ForEach(open, binding => binding.Dispose());
        runOptions.Dispose();
        session.Dispose();
    }

    internal OrtIoBinding CreateIoBinding() => session.CreateIoBinding();

    internal void Run(OrtIoBinding bound) => session.RunWithBinding(runOptions, bound);

    internal void Run(string[] inputNames, OrtValue[] inputs, string[] outputNames, OrtValue[] outputs) =>
        session.Run(runOptions, inputNames, inputs, outputNames, outputs);

    internal void Forget(Binding binding)
    {
        lock (bindings)
        {
            bindings.Remove(binding);
        }
    }

    private static TensorSpec Spec(string name, NodeMetadata metadata)
    {
        var type = metadata.IsTensor ? ElementTypes.From(metadata.ElementDataType) : null;
        return type is null
            ? throw new NotSupportedException(
                $"'{name}' is {(metadata.IsTensor ? $"a tensor of {metadata.ElementDataType}" : metadata.OnnxValueType.ToString())}; "
                + $"inputs and outputs have to be tensors of {string.Join(", ", Enum.GetNames<ElementType>())}.")
            : new TensorSpec(name, type.Value, Shape.From(metadata.Dimensions.Select((size, i) => Extent(size, metadata.SymbolicDimensions[i]))));
    }

    private static Dimension Extent(int size, string symbol) => size >= 0 ? size : symbol.Length > 0 ? symbol : TensorSpec.Unnamed;
}
