using Mtl.Core;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Features;

/// <summary>
/// A map of the features that all tasks learn in, fitted on the training rows before the tasks: a shared feature space (principal components, discriminants) or a shared function space (radial functions).
/// Deterministic, so a resumed run fits it again to the same bits. Its numbers are parameters of the model, so that it is exported as plain graph nodes.
/// </summary>
public abstract class FeatureSpace
{
    /// <summary>Features that it gives.</summary>
    public abstract int Width { get; }

    /// <summary>[batch, features] to [batch, <see cref="Width"/>].</summary>
    public abstract Node Build(ModelScope scope, Node x);

    /// <summary>Maps rows as the graph does: [rows, features] to [rows, <see cref="Width"/>], row-major.</summary>
    internal abstract float[] Map(float[] features, int rows);

    /// <summary>Writes the parameters that <see cref="Build"/> has made under a path.</summary>
    internal abstract void Write(FlatBuffer parameters, string path);
}

/// <summary>Fits a feature space on the training rows, or says why it can't be.</summary>
public delegate Result<FeatureSpace> MakeFeatureSpace(LearnerData data);
