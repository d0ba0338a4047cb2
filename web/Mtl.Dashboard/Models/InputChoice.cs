using Mtl.Data.Profiling;

namespace Mtl.Dashboard.Models;

/// <summary>A column that may be an input.</summary>
/// <param name="IsIncluded">As chosen, else as suggested.</param>
/// <param name="IsSuggested">Whether the platform would take it.</param>
/// <param name="Reason">Why it would not, or what to know of it; empty for an ordinary input.</param>
/// <param name="Modality">The text, image or series that it is part of, and so an input; empty for none.</param>
public sealed record InputChoice(ColumnProfile Column, bool IsIncluded, bool IsSuggested, string Reason, string Modality = "");
