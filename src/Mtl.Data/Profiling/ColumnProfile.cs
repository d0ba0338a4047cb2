using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Data.Profiling;

/// <summary>What a column looks like and what it may be used for.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">Number, date or text.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Role">What it is good for if it is no task.</param>
/// <param name="RoleReason">Why, as a sentence; empty for an ordinary input.</param>
/// <param name="Task">The kind of task it could be; null when it is none that can be learned.</param>
/// <param name="TaskReason">Why, as a sentence.</param>
public sealed record ColumnProfile(string Name, ColumnType Type, int Missing, int Distinct, ColumnRole Role, string RoleReason, TaskKind? Task, string TaskReason)
{
    /// <summary>Of numbers and dates; null for texts and for columns without a value.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>Numbers: at most 20 intervals of equal width, or one bar per value where there are few. Texts: the 20 most frequent, then all others.</summary>
    public IReadOnlyList<HistogramBar> Histogram { get; init; } = [];

    /// <summary>The first few different values, as texts.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>What a user should know before using the column (numbers that read as text, very many categories), as sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
