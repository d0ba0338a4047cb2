namespace Mtl.Core.Catalogue;

/// <summary>A catalogue entry as its readers see it (help, forms, the Methods page): no factory, no types.</summary>
/// <param name="Kind">The part of an experiment it fills.</param>
/// <param name="Key">Short, stable name used in files and APIs (<c>dwa</c>).</param>
/// <param name="Title">The published name (<c>Dynamic Weight Average</c>).</param>
/// <param name="Description">One line.</param>
/// <param name="Formula">The method in plain mathematical notation; lines separated by <c>\n</c>.</param>
/// <param name="Source">Paper or document.</param>
/// <param name="Options">In the order a form shows them.</param>
public sealed record MethodInfo(
    MethodKind Kind,
    string Key,
    string Title,
    string Description,
    string Formula,
    string Source,
    IReadOnlyList<OptionInfo> Options);
