using Mtl.Core.Random;
using Mtl.Learning.Architectures;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>The buffer of one <see cref="StepValue"/>, filled for each step from the value's own random stream.</summary>
internal sealed class StepValueBuffer : IDisposable
{
    private readonly StepValue value;
    private readonly AlignedBuffer<float> memory;
    private readonly CounterRandom random;
    private readonly int rowLength;

    /// <param name="value">What to fill.</param>
    /// <param name="capacity">Most rows of a batch.</param>
    /// <param name="seed">Seed of the run.</param>
    public StepValueBuffer(StepValue value, int capacity, ulong seed)
    {
        this.value = value;
        rowLength = checked((int)value.RowShape.Aggregate(1L, (product, dimension) => product * dimension));
        memory = new AlignedBuffer<float>(value.IsBatched ? checked(capacity * rowLength) : rowLength);
        random = new CounterRandom(seed, value.Purpose).Fork(value.Name);
        View = value.IsBatched ? memory.View([capacity, .. value.RowShape]) : memory.View(value.RowShape);
    }

    public string Name => value.Name;

    public TensorView View { get; }

    public void Fill(int rows, StepMoment moment) =>
        value.Fill(memory.Span[..(value.IsBatched ? rows * rowLength : rowLength)], random.Fork((ulong)moment.Step), moment);

    public void Dispose() => memory.Dispose();
}
