namespace Mtl.Benchmarks.Methods;

/// <summary>What came of one run.</summary>
/// <param name="Metrics">Its test metrics; empty when there are none.</param>
/// <param name="Seconds">Processor time of training, loading included.</param>
/// <param name="Reason">Why there are no metrics; empty when there are.</param>
internal sealed record Outcome(IReadOnlyDictionary<string, double> Metrics, double Seconds, string Reason)
{
    public static Outcome Without(string reason) => new(new Dictionary<string, double>(), 0, reason);
}
