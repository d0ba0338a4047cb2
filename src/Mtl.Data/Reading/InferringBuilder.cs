using System.Text;
using Mtl.Data.DuckDb;
using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>
/// Takes a column for what its first value is: a number, a date or a text. When a later value is otherwise, the column is text and has to be read again (<see cref="HasToBeText"/>),
/// because the numbers' own texts are gone.
/// </summary>
internal sealed class InferringBuilder(string name) : ColumnBuilder(name)
{
    private ColumnBuilder? inner;
    private int missingAtFirst;
    private bool sawMissingMarker;

    internal bool HasToBeText { get; private set; }

    internal override void Append(DuckVector values, int start, int rowsBefore)
    {
        for (; inner is null && start < values.Count; start++)
        {
            if (!values.IsNull(start) && TypeOf(values.Utf8(start)) is { } type)
            {
                inner = type == ColumnType.Text ? new TextBuilder(Name) : new NumericBuilder(Name, type);
                inner.AppendMissing(missingAtFirst);
                HasToBeText = sawMissingMarker && type == ColumnType.Text;
                break;
            }

            missingAtFirst++;
        }

        if (inner is null || HasToBeText)
            return;
        inner.Append(values, start, rowsBefore);
        Rejection = inner.Rejection;
        HasToBeText = Rejection is { IsInfinite: false };
    }

    internal override void AppendMissing(int count) => missingAtFirst += count;

    /// <summary>The column; numbers, all missing, when it has no value at all.</summary>
    internal override Column Build()
    {
        if (inner is null)
        {
            inner = new NumericBuilder(Name, ColumnType.Number);
            inner.AppendMissing(missingAtFirst);
        }

        return inner.Build();
    }

    private ColumnType? TypeOf(ReadOnlySpan<byte> value)
    {
        var text = value[Ascii.Trim(value)];
        if (text.IsEmpty)
            return null;
        if (NumberText.IsMissing(text))
        {
            sawMissingMarker = true;
            return null;
        }

        return NumberText.TryParse(text, out _) ? ColumnType.Number : DateText.TryParse(text, out _) ? ColumnType.Date : ColumnType.Text;
    }
}
