using Mtl.Learning.Probabilistic;

namespace Mtl.Benchmarks.Mixtures;

/// <summary>What is fitted.</summary>
/// <param name="Form">The mixture's covariances; null for k-means.</param>
/// <param name="Threads">Of either side.</param>
/// <param name="Iterations">Of either side, none stopped early by a tolerance.</param>
internal sealed record MixtureCase(CovarianceForm? Form, int Threads, int Iterations)
{
    public static IReadOnlyList<MixtureCase> All { get; } =
    [
        .. from threads in new[] { 1, 2 }
           from form in (CovarianceForm?[])[.. Enum.GetValues<CovarianceForm>().Cast<CovarianceForm?>(), null]
           select new MixtureCase(form, threads, form is null ? 20 : 5),
    ];

    public string Name => Form is { } form ? $"mixture, {form.ToString().ToLowerInvariant()}" : "k-means";

    /// <summary>How many times as fast as scikit-learn it must be.</summary>
    public double Wanted => Form is null ? 1 : 2;
}
