using System.Globalization;

namespace Mtl.Data.Tables;

/// <summary>Numbers or dates, in single precision as the models take them.</summary>
public sealed class NumericColumn : Column
{
    private readonly double[]? exact;

    /// <param name="name">The column's name.</param>
    /// <param name="values">One per row; NaN for a missing value. Kept, not copied.</param>
    /// <param name="type"><see cref="ColumnType.Number"/> or <see cref="ColumnType.Date"/>.</param>
    /// <param name="exact">The same values in double precision, where single precision would make different ones equal (long identifiers, times of day); else null.</param>
    public NumericColumn(string name, float[] values, ColumnType type = ColumnType.Number, double[]? exact = null)
        : base(name, type)
    {
        if (type is not (ColumnType.Number or ColumnType.Date))
            throw new ArgumentOutOfRangeException(nameof(type), type, "A numeric column holds numbers or dates.");
        if (exact is not null && exact.Length != values.Length)
            throw new ArgumentException($"{exact.Length} exact values for {values.Length} values.", nameof(exact));
        Values = values;
        this.exact = exact;
        MissingCount = values.Count(float.IsNaN);
        IsInteger = exact is not null ? Array.TrueForAll(exact, IsWhole) : Array.TrueForAll(values, value => IsWhole(value));
    }

    /// <summary>One per row; NaN for a missing value; never infinite.</summary>
    public float[] Values { get; }

    /// <summary>Whether every value is a whole number.</summary>
    public bool IsInteger { get; }

    public override int Count => Values.Length;

    public override int MissingCount { get; }

    /// <summary>The row's value in the best precision there is; NaN when missing.</summary>
    public double ExactAt(int row) => exact is null ? Values[row] : exact[row];

    public override bool IsMissing(int row) => float.IsNaN(Values[row]);

    public override string TextAt(int row) => Format(ExactAt(row));

    /// <summary>A value of this column as text: a number in its shortest form, a date in ISO 8601, empty for NaN.</summary>
    public string Format(double value) => (Type, double.IsNaN(value)) switch
    {
        (_, true) => "",
        (ColumnType.Date, _) => DateText.Format(value),
        _ when exact is null => ((float)value).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    public override TextColumn AsText()
    {
        var codes = new int[Count];
        var vocabulary = new List<string>();
        var known = new Dictionary<double, int>();
        for (var row = 0; row < Count; row++)
        {
            var value = ExactAt(row);
            if (double.IsNaN(value))
            {
                codes[row] = TextColumn.Missing;
                continue;
            }

            if (!known.TryGetValue(value, out var code))
            {
                known.Add(value, code = vocabulary.Count);
                vocabulary.Add(Format(value));
            }

            codes[row] = code;
        }

        return new TextColumn(Name, codes, [.. vocabulary]);
    }

    public override NumericColumn Take(ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length];
        var exactValues = exact is null ? null : new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            values[i] = Values[rows[i]];
            if (exactValues is not null)
                exactValues[i] = exact![rows[i]];
        }

        return new NumericColumn(Name, values, Type, exactValues);
    }

    public override NumericColumn Where(Func<int, bool> isKept) => new(
        Name,
        [.. Values.Select((value, row) => isKept(row) ? value : float.NaN)],
        Type,
        exact is null ? null : [.. exact.Select((value, row) => isKept(row) ? value : double.NaN)]);

    private static bool IsWhole(double value) => double.IsNaN(value) || double.IsInteger(value);
}
