namespace Mtl.Learning.Weightings;

/// <summary>
/// Computes the tasks' gradients of the shared parameters at other parameters, or on other batches, than the step itself did: for balancers that sample twice or look ahead. Every task's own parameters are as
/// they are. What it draws is a function of seed, step, batch and draw, so a resumed run draws the same. It costs a pass over the model, and a second copy of model and gradients.
/// </summary>
public interface IGradientProbe
{
    /// <summary>This step's learning rate.</summary>
    double LearningRate { get; }

    /// <summary>The shared parameters as they are, [length].</summary>
    ReadOnlySpan<float> Parameters { get; }

    /// <param name="parameters">The shared parameters to compute them at, [length].</param>
    /// <param name="batch">Which rows.</param>
    /// <param name="draw">Tells independent batches of one step apart, from 0; the step's own batch has no others.</param>
    /// <returns>Valid until the next call.</returns>
    ProbedGradients At(ReadOnlySpan<float> parameters, ProbeBatch batch, int draw = 0);
}

/// <summary>Rows that a probe takes.</summary>
public enum ProbeBatch
{
    /// <summary>Those of the step itself.</summary>
    Step,

    /// <summary>As many, drawn from the training rows with replacement.</summary>
    Training,

    /// <summary>As many, drawn from the validation rows with replacement.</summary>
    Validation,
}

/// <summary>What a probe computed.</summary>
/// <param name="gradients">Of the unweighted losses, [tasks, length]; zeros for an absent task.</param>
/// <param name="losses">[tasks]; 0 for an absent task.</param>
public readonly ref struct ProbedGradients(GradientMatrix gradients, ReadOnlySpan<float> losses)
{
    public GradientMatrix Gradients { get; } = gradients;

    public ReadOnlySpan<float> Losses { get; } = losses;
}
