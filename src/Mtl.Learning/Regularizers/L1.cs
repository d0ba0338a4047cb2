namespace Mtl.Learning.Regularizers;

/// <summary>R = w·Σ|θᵢ|, the elastic net without squares. Source: Tibshirani, "Regression Shrinkage and Selection via the Lasso", 1996.</summary>
public sealed class L1(WeightOptions options) : ElasticNet(new ElasticNetOptions { Weight = options.Weight, Ratio = 1, On = options.On });
