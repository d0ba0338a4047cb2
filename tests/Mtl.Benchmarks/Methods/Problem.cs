using System.Text.Json.Nodes;
using Mtl.Data.Tables;

namespace Mtl.Benchmarks.Methods;

/// <summary>A test metric that a problem is judged by.</summary>
/// <param name="Key">As runs report it.</param>
/// <param name="Title">As a column's head.</param>
/// <param name="HigherIsBetter">Its direction.</param>
internal sealed record JudgedMetric(string Key, string Title, bool HigherIsBetter);

/// <summary>A data set with its tasks, in a size that every method trains in seconds.</summary>
/// <param name="Name">In the command and in keys.</param>
/// <param name="Title">The section's head.</param>
/// <param name="Description">What it is and how large, for the page.</param>
/// <param name="Metrics">What methods are compared by.</param>
/// <param name="Table">The table of a seed; null where its source is not there.</param>
/// <param name="Definition">All of an experiment but what the methods vary.</param>
internal sealed record Problem(string Name, string Title, string Description, IReadOnlyList<JudgedMetric> Metrics, Func<int, Table?> Table, JsonObject Definition)
{
    /// <summary>By an architecture's key, its options where the catalogue's are too large for the problem; said in the description.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>What is to be said of the outcome, for the page; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>What classical methods take in place of the definition's inputs and encoder; null where they take the same inputs.</summary>
    public JsonObject? ClassicalInputs { get; init; }
}
