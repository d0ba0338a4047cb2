namespace Mtl.Core.Definitions;

/// <summary>How a number becomes features, after imputation.</summary>
public enum NumericEncoding
{
    /// <summary>(x − mean) / standard deviation, both of the training rows.</summary>
    Standard,

    /// <summary>The standardised number, and its place within quantile bins of the training rows: clip((x − bᵢ)/(bᵢ₊₁ − bᵢ), 0, 1) for each bin i (Gorishniy et al., 2022, "piecewise linear encoding").</summary>
    PiecewiseLinear,
}
