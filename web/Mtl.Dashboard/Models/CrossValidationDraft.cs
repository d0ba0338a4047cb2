using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>A choice of options by cross-validation, being described.</summary>
public sealed class CrossValidationDraft(CrossValidationDefinition? cross)
{
    private static readonly OptionInfo FoldsOption = new("folds", OptionType.Integer, 5L, "Parts that the training rows are cut into; every combination is trained once without each of them.", 2, 20);

    public bool IsOn { get; set; } = cross is not null;

    public OptionField Folds { get; } = OptionField.Of(FoldsOption, cross?.Folds);

    /// <summary>The metric that is compared; empty for the usual one.</summary>
    public string Score { get; set; } = cross?.Score ?? "";

    public List<GridRow> Rows { get; } = [.. (cross?.Grid ?? new Dictionary<string, IReadOnlyList<JsonNode?>>()).Select(option => GridRow.Of(option.Key, option.Value))];

    /// <summary>How many combinations there are to train, each as often as there are folds.</summary>
    public long Combinations => Rows.Where(row => row.Place.Length > 0).Aggregate(1L, (product, row) => product * (row.Read() is { IsSuccess: true } read ? read.Value.Count : 0));

    public bool IsReadable => !IsOn || (Folds.Problem is null && Rows.All(row => row.Problem is null));

    /// <summary>A row without an option is left out; of two with the same option the last counts.</summary>
    public CrossValidationDefinition? ToDefinition()
    {
        if (!IsOn)
            return null;
        var grid = new Dictionary<string, IReadOnlyList<JsonNode?>>();
        foreach (var row in Rows.Where(row => row.Place.Length > 0))
            grid[row.Place] = row.Read() is { IsSuccess: true } read ? read.Value : [];
        return new CrossValidationDefinition { Folds = Folds.Read() is { IsSuccess: true } folds ? (int)folds.Value.GetValue<long>() : (int)(long)FoldsOption.Default, Grid = grid, Score = Score.Trim() };
    }
}
