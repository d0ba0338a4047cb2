namespace Mtl.Learning.Probabilistic.Latent;

/// <summary>What is searched for, or a direction in it.</summary>
/// <param name="Projection">W transposed, [dimensions, features].</param>
/// <param name="Latents">z of each output of each task, with its bias at the end: [outputs, dimensions + 1].</param>
internal sealed record LatentPoint(double[] Projection, double[] Latents);
