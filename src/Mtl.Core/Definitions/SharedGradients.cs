namespace Mtl.Core.Definitions;

/// <summary>Which of each task's gradients a gradient balancer combines.</summary>
public enum SharedGradients
{
    /// <summary>Those of the shared parameters: a backward pass through the shared part for each task.</summary>
    Parameters,

    /// <summary>Those of the representation where the shared part ends: one backward pass through the shared part, with the combined gradient.</summary>
    Representation,
}
