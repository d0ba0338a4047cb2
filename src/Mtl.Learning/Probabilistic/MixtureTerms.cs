namespace Mtl.Learning.Probabilistic;

/// <summary>A mixture as the sweeps take it: log(π_k N(x | μ_k, Σ_k)) = Constant_k − ½‖whitened x − Offset_k‖².</summary>
internal sealed class MixtureTerms
{
    public MixtureTerms(GaussianMixture mixture)
    {
        (Components, Columns, Form) = (mixture.Components, mixture.Columns, mixture.Form);
        Means = mixture.Means.ToArray();
        Factors = Form == CovarianceForm.Spherical ? Repeat(mixture.Factors, Columns) : mixture.Factors.ToArray();
        Offsets = new double[Components * Columns];
        Constants = new double[Components];
        for (var k = 0; k < Components; k++)
        {
            Constants[k] = Math.Log(mixture.Weights[k]) - (Columns / 2.0 * Math.Log(2 * Math.PI));
            for (var i = 0; i < Columns; i++)
            {
                Constants[k] += Math.Log(Diagonal(k, i));
                Offsets[(k * Columns) + i] = Offset(k, i);
            }
        }
    }

    public CovarianceForm Form { get; }

    public int Components { get; }

    public int Columns { get; }

    /// <summary>μ, [components, columns].</summary>
    public double[] Means { get; }

    /// <summary>L⁻¹, [components, columns, columns] (full) or [columns, columns] (tied); 1/σ, [components, columns] (diagonal, spherical).</summary>
    public double[] Factors { get; }

    /// <summary>The whitened means L⁻¹μ or μ/σ, [components, columns].</summary>
    public double[] Offsets { get; }

    /// <summary>log π_k − ½ log det Σ_k − d/2·log 2π.</summary>
    public double[] Constants { get; }

    private int FactorRow(int component, int i) => Form switch
    {
        CovarianceForm.Full => ((component * Columns) + i) * Columns,
        CovarianceForm.Tied => i * Columns,
        _ => (component * Columns) + i,
    };

    private double Diagonal(int component, int i) => Factors[FactorRow(component, i) + (Form is CovarianceForm.Full or CovarianceForm.Tied ? i : 0)];

    private double Offset(int component, int i)
    {
        var row = FactorRow(component, i);
        if (Form is not (CovarianceForm.Full or CovarianceForm.Tied))
            return Factors[row] * Means[(component * Columns) + i];
        var sum = 0.0;
        for (var j = 0; j <= i; j++)
            sum += Factors[row + j] * Means[(component * Columns) + j];
        return sum;
    }

    private static double[] Repeat(ReadOnlySpan<double> values, int times)
    {
        var result = new double[values.Length * times];
        for (var i = 0; i < result.Length; i++)
            result[i] = values[i / times];
        return result;
    }
}
