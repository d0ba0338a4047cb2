namespace Mtl.Learning.Probabilistic;

/// <summary>
/// What the maximisation step needs to know of the points, summed over rows with responsibilities r: the log-likelihood, Σr, Σr(x − m), and of the second moments Σr(x − m)(x − m)ᵀ what the covariances' form needs;
/// m is the component's mean so far, so that nothing large cancels.
/// </summary>
internal sealed class MixtureMoments
{
    private readonly double[] values;
    private readonly int columns;

    public MixtureMoments(CovarianceForm form, int components, int columns)
    {
        this.columns = columns;
        Stride = (columns + 3) / 4 * 4;
        SecondLength = form switch
        {
            CovarianceForm.Full => Stride * Stride,
            CovarianceForm.Tied => 0,
            _ => columns,
        };
        (FirstAt, SecondAt) = (1 + components, 1 + components + (components * columns));
        values = new double[SecondAt + (components * SecondLength)];
    }

    /// <summary>Distance of the rows of a second-moment matrix: the columns rounded up to four.</summary>
    public int Stride { get; }

    /// <summary>Numbers of a component's second moments: a matrix whose lower triangle counts (full), a number per column (diagonal, spherical), or none (tied).</summary>
    public int SecondLength { get; }

    private int FirstAt { get; }

    private int SecondAt { get; }

    /// <summary>Σ log p(x).</summary>
    public ref double LogLikelihood => ref values[0];

    /// <summary>Σr, per component.</summary>
    public Span<double> Mass => values.AsSpan(1, FirstAt - 1);

    /// <summary>Σr(x − m) of a component.</summary>
    public Span<double> First(int component) => values.AsSpan(FirstAt + (component * columns), columns);

    /// <summary>Σr(x − m)(x − m)ᵀ of a component.</summary>
    public Span<double> Second(int component) => values.AsSpan(SecondAt + (component * SecondLength), SecondLength);

    public void Add(MixtureMoments other)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] += other.values[i];
    }
}
