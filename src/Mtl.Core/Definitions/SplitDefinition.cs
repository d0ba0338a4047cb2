namespace Mtl.Core.Definitions;

/// <summary>How rows are told apart into training, validation and test rows.</summary>
public enum SplitKind
{
    Random,

    /// <summary>Random, with the labels of <see cref="SplitDefinition.Column"/> in equal proportion on every side.</summary>
    Stratified,

    /// <summary>By the values of <see cref="SplitDefinition.Column"/>: train, val (or validation), test. Without a val label, validation rows are drawn from the train rows.</summary>
    Column,

    /// <summary>Random, but all rows with one value of <see cref="SplitDefinition.Column"/> stay on one side.</summary>
    Group,
}

/// <summary>Training, validation and test rows.</summary>
public sealed record SplitDefinition
{
    public SplitKind Kind { get; init; } = SplitKind.Random;

    /// <summary>The column that <see cref="Kind"/> speaks of; empty for <see cref="SplitKind.Random"/>.</summary>
    public string Column { get; init; } = "";

    /// <summary>Fraction of all rows (of the train rows, for <see cref="SplitKind.Column"/>) used for validation; (0, 0.9).</summary>
    public double Validation { get; init; } = 0.15;

    /// <summary>Fraction of all rows used for test; (0, 0.9); not used by <see cref="SplitKind.Column"/>.</summary>
    public double Test { get; init; } = 0.15;
}
