using System.Globalization;
using System.Text;
using Mtl.Data.DuckDb;
using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>Numbers or dates. Stops at the first text that is neither; goes on after an infinite number, which only matters if the column stays numeric.</summary>
/// <param name="name">The column's name.</param>
/// <param name="type">Number or date.</param>
/// <param name="fromDoubles">Whether the chunks hold DOUBLE rather than VARCHAR.</param>
internal sealed class NumericBuilder(string name, ColumnType type, bool fromDoubles = false) : ColumnBuilder(name)
{
    private readonly SegmentedList<float> values = new();
    private SegmentedList<double>? exact;
    private bool isOver;

    internal override void Append(DuckVector chunk, int start, int rowsBefore)
    {
        for (var i = start; i < chunk.Count && !isOver; i++)
        {
            if (chunk.IsNull(i))
            {
                AppendMissing(1);
                continue;
            }

            if (fromDoubles)
            {
                AppendValue(chunk.Double(i), chunk, rowsBefore, i);
                continue;
            }

            var text = Ascii.Trim(chunk.Utf8(i)) is var range ? chunk.Utf8(i)[range] : default;
            if (text.IsEmpty)
                AppendMissing(1);
            else if (TryParse(text, out var value))
                AppendValue(value, chunk, rowsBefore, i);
            else
                Reject(chunk, rowsBefore, i, isInfinite: false);
        }
    }

    internal override void AppendMissing(int count)
    {
        values.Add(float.NaN, count);
        exact?.Add(double.NaN, count);
    }

    internal override NumericColumn Build() => new(Name, values.ToArray(), type, exact?.ToArray());

    private bool TryParse(ReadOnlySpan<byte> text, out double value) => type == ColumnType.Date
        ? DateText.TryParse(text, out value) || (NumberText.TryParse(text, out value) && double.IsNaN(value))
        : NumberText.TryParse(text, out value);

    private void AppendValue(double value, DuckVector chunk, int rowsBefore, int i)
    {
        var single = (float)value;
        if (float.IsInfinity(single))
        {
            if (Rejection is null)
                Reject(chunk, rowsBefore, i, isInfinite: true);
            single = float.NaN;
            value = double.NaN;
        }

        if (exact is null && single != value && !double.IsNaN(value) && (type == ColumnType.Date || double.IsInteger(value)))
        {
            exact = new SegmentedList<double>();
            foreach (var earlier in values.ToArray())
                exact.Add(earlier);
        }

        values.Add(single);
        exact?.Add(value);
    }

    private void Reject(DuckVector chunk, int rowsBefore, int i, bool isInfinite)
    {
        var text = fromDoubles ? chunk.Double(i).ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(chunk.Utf8(i));
        Rejection = new Rejection(rowsBefore + i + 1, text, isInfinite);
        isOver = !isInfinite;
    }
}
