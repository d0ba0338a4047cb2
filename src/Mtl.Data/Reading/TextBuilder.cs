using System.Text;
using Mtl.Data.DuckDb;
using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>Texts without the white space around them; what is then empty is missing.</summary>
internal sealed class TextBuilder : ColumnBuilder
{
    private readonly SegmentedList<int> codes = new();
    private readonly List<string> vocabulary = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> known;
    private char[] characters = new char[256];

    internal TextBuilder(string name)
        : base(name) => known = new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    internal override void Append(DuckVector values, int start, int rowsBefore)
    {
        for (var i = start; i < values.Count; i++)
            codes.Add(values.IsNull(i) ? TextColumn.Missing : CodeOf(values.Utf8(i)));
    }

    internal override void AppendMissing(int count) => codes.Add(TextColumn.Missing, count);

    internal override TextColumn Build() => new(Name, codes.ToArray(), [.. vocabulary]);

    private int CodeOf(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > characters.Length)
            characters = new char[2 * utf8.Length];
        var text = characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, characters)).Trim();
        if (text.IsEmpty)
            return TextColumn.Missing;
        if (!known.TryGetValue(text, out var code))
        {
            code = vocabulary.Count;
            vocabulary.Add(text.ToString());
            known.Dictionary.Add(vocabulary[code], code);
        }

        return code;
    }
}
