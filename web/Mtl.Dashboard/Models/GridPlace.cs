namespace Mtl.Dashboard.Models;

/// <summary>An option that cross-validation may choose.</summary>
/// <param name="Path">Where it stands in the definition (<c>optimizer.learningRate</c>).</param>
/// <param name="Title">As the form has it.</param>
/// <param name="Value">What it is at present, as a value of a grid is typed.</param>
public sealed record GridPlace(string Path, string Title, string Value);
