namespace Mtl.Runtime;

/// <summary>
/// Named float tensors in one zeroed, 64-byte-aligned piece of native memory: a model's parameters, their gradients or their moments.
/// One pass over <see cref="All"/> updates every tensor; ONNX Runtime reads and writes the single tensors in place through <see cref="View"/>.
/// </summary>
/// <param name="layout">Where each tensor lies.</param>
public sealed class FlatBuffer(TensorLayout layout) : IDisposable
{
    private readonly AlignedBuffer<float> memory = new(layout.Length);

    public TensorLayout Layout { get; } = layout;

    /// <summary>Every float, padding included.</summary>
    public Span<float> All => memory.Span;

    /// <summary>One tensor's floats, padding not included.</summary>
    public Span<float> this[string name] => this[Layout[name]];

    /// <summary>One tensor's floats, padding not included.</summary>
    public Span<float> this[TensorSlot slot] => memory.Span.Slice(slot.Offset, slot.Length);

    /// <summary>One tensor, for binding to a model's input or output.</summary>
    public TensorView View(string name)
    {
        var slot = Layout[name];
        return memory.ViewAt(slot.Offset, slot.Shape.AsSpan());
    }

    public void Dispose() => memory.Dispose();
}
