using Mtl.Core;

namespace Mtl.Dashboard.Models;

/// <summary>Puts the application's error beside the field at fault.</summary>
public static class FieldProblems
{
    /// <summary>The error's text where it concerns <paramref name="field"/> or a part of it; null otherwise.</summary>
    public static string? For(Error? error, string field) =>
        error is not null && (error.Field == field || error.Field.StartsWith(field + ".", StringComparison.Ordinal) || error.Field.StartsWith(field + "[", StringComparison.Ordinal))
            ? error.ToString()
            : null;
}
