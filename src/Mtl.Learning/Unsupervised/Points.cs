using Mtl.Core;

namespace Mtl.Learning.Unsupervised;

/// <summary>Rows of numbers without labels: what mixtures and k-means are fitted to and evaluated at.</summary>
public sealed class Points
{
    private readonly double[] values;

    /// <param name="values">[rows, columns], row by row; kept, not copied.</param>
    /// <param name="columns">Numbers of each row; at least 1.</param>
    /// <exception cref="ArgumentException">The values are not whole rows.</exception>
    public Points(double[] values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values are no whole rows of {columns} columns.", nameof(values));
        (this.values, Columns) = (values, columns);
    }

    public int Rows => values.Length / Columns;

    public int Columns { get; }

    /// <summary>[rows, columns], row by row.</summary>
    public ReadOnlySpan<double> Values => values;

    public ReadOnlySpan<double> this[int row] => values.AsSpan(row * Columns, Columns);

    /// <summary>Points from rows of equal length.</summary>
    public static Points Of(IReadOnlyList<double[]> rows) => new([.. rows.SelectMany(row => row)], rows[0].Length);

    /// <summary>Points from single-precision numbers.</summary>
    public static Points Of(ReadOnlySpan<float> values, int columns)
    {
        var wide = new double[values.Length];
        for (var i = 0; i < wide.Length; i++)
            wide[i] = values[i];
        return new(wide, columns);
    }

    /// <summary>Why a model of so many groups can't be fitted to these points; null when it can.</summary>
    internal Error? Unfit(int groups, string groupNoun)
    {
        if (Rows < groups)
            return Error.Invalid($"{groups} {groupNoun} can't be fitted to {Rows} rows.", $"Ask for at most {Rows} {groupNoun}, or give more rows.");
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                return Error.Invalid($"Row {i / Columns + 1}, column {i % Columns + 1} holds {values[i]}, which is no finite number.", "Leave such rows out, or fill them before.");
        }

        return null;
    }
}
