using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Learning.Preprocessing;

/// <summary>Finds the columns of each modality, or says why they are none.</summary>
internal static class ModalityColumns
{
    public static Result<IReadOnlyList<ModalitySelection>> Choose(ExperimentDefinition definition, Table table)
    {
        var chosen = new List<ModalitySelection>();
        var owners = new Dictionary<Column, string>();
        foreach (var (modality, index) in definition.Inputs.Modalities.Select((modality, index) => (modality, index)))
        {
            var field = $"inputs.modalities[{index}].columns";
            var columns = Find(definition, modality, table, field);
            if (!columns.IsSuccess)
                return columns.Error;
            var selection = new ModalitySelection(modality, columns.Value);
            if (Broken(selection, field) is { } error)
                return error;
            foreach (var column in columns.Value)
            {
                if (!owners.TryAdd(column, modality.Name))
                {
                    return owners[column] == modality.Name
                        ? Error.Invalid($"Modality '{modality.Name}' names the column '{column.Name}' twice.", "Name it once.", field)
                        : Error.Invalid($"The column '{column.Name}' belongs to modality '{owners[column]}' and to '{modality.Name}'.", "Name it in one of them.", field);
                }
            }

            chosen.Add(selection);
        }

        return chosen;
    }

    private static Result<IReadOnlyList<Column>> Find(ExperimentDefinition definition, ModalityDefinition modality, Table table, string field)
    {
        var found = new List<Column>();
        for (var i = 0; i < modality.Columns.Count; i++)
        {
            var name = modality.Columns[i];
            if (!name.Contains('*', StringComparison.Ordinal))
            {
                var column = table.Find(name, $"{field}[{i}]");
                if (!column.IsSuccess)
                    return column.Error;
                if (InputColumns.NotAnInput(definition, name) is { } reason)
                    return Error.Invalid($"Modality '{modality.Name}' names '{name}', {reason}, which can't be an input.", "Leave it out.", $"{field}[{i}]");
                found.Add(column.Value);
                continue;
            }

            var matches = table.Columns.Where(column => ModalityDefinition.Fits(name, column.Name) && InputColumns.NotAnInput(definition, column.Name) is null).ToArray();
            if (matches.Length == 0)
                return Error.Invalid($"Modality '{modality.Name}': no input column fits the pattern '{name}'.", "'*' stands for any characters; case matters.", $"{field}[{i}]");
            found.AddRange(matches);
        }

        return found;
    }

    private static Error? Broken(ModalitySelection selection, string field)
    {
        var (modality, columns) = selection;
        if (modality.Kind == ModalityKind.Text)
        {
            return columns.Count == 1
                ? null
                : Error.Invalid($"Modality '{modality.Name}' is a text and has {columns.Count} columns: {Names(columns)}.", "A text is one column; make each a modality of its own.", field);
        }

        if (columns.FirstOrDefault(column => column is not NumericColumn) is { } text)
        {
            return Error.Invalid(
                $"Modality '{modality.Name}' is {(modality.Kind == ModalityKind.Image ? "an image" : "a series")}, but its column '{text.Name}' holds text.",
                "Name columns of numbers only.",
                field);
        }

        if (modality.Kind == ModalityKind.Series)
        {
            return columns.Count % modality.Channels == 0 && columns.Count >= 2 * modality.Channels
                ? null
                : Error.Invalid(
                    $"Modality '{modality.Name}' has {columns.Count} columns, which are no series of {modality.Channels} numbers each moment.",
                    "Name at least two moments, all of them whole, or correct channels.",
                    field);
        }

        var (height, width) = selection.Size;
        return columns.Count == height * width * modality.Channels
            ? null
            : Error.Invalid(
                modality.Height > 0
                    ? $"Modality '{modality.Name}' has {columns.Count} columns; an image of {modality.Channels} × {height} × {width} has {height * width * modality.Channels}."
                    : $"Modality '{modality.Name}' has {columns.Count} columns, which make no square image of {modality.Channels} {(modality.Channels == 1 ? "channel" : "channels")}.",
                "Correct the columns, or channels, height and width.",
                field);
    }

    private static string Names(IReadOnlyList<Column> columns) => string.Join(", ", columns.Take(5).Select(column => $"'{column.Name}'")) + (columns.Count > 5 ? ", …" : "");
}
