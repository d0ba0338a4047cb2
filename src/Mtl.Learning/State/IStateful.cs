namespace Mtl.Learning.State;

/// <summary>A part of training with learnable state: all of it is named tensors, so a checkpoint writes and restores it without knowing the part.</summary>
public interface IStateful
{
    /// <summary>Live views of the state, in a fixed order with names unique within the part; copying saved bytes into them restores the part exactly.</summary>
    IReadOnlyList<NamedTensor> State { get; }
}
