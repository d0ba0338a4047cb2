using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>Rows as long as a gradient that a balancer keeps, [tasks, length], zeros at first.</summary>
internal sealed class StoredGradients(int tasks, int length)
{
    private readonly Memory<float> values = AlignedMemory.Allocate(checked(tasks * length));

    public GradientMatrix Matrix => new(values.Span, tasks, length, length);

    public Span<float> Values => values.Span;

    public Span<float> Row(int task) => values.Span.Slice(task * length, length);

    public NamedTensor Tensor(string name) => NamedTensor.Of(name, values);
}
