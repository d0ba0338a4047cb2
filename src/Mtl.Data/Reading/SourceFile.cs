using System.Globalization;
using System.Text;
using Mtl.Core;

namespace Mtl.Data.Reading;

/// <summary>A file that exists, may be read, is not too large and looks like a CSV or Parquet file.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Name">For error texts.</param>
/// <param name="IsParquet">Otherwise CSV.</param>
/// <param name="Head">The first bytes (at most <see cref="HeadLength"/>), of a CSV file without its byte order mark.</param>
/// <param name="IsWhole">Whether the head is the whole file.</param>
internal sealed record SourceFile(string Path, string Name, bool IsParquet, ReadOnlyMemory<byte> Head, bool IsWhole)
{
    private const int HeadLength = 1 << 20;

    private static readonly (byte[] Start, string What)[] KnownFormats =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or an Excel workbook"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
        ([0xFF, 0xFE], "text in UTF-16"),
        ([0xFE, 0xFF], "text in UTF-16"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF document"),
        ([.. "<!DOCTYPE"u8], "a web page"),
        ([.. "<!doctype"u8], "a web page"),
        ([.. "<html"u8], "a web page"),
    ];

    internal static Result<SourceFile> Open(string path, TableReadOptions options)
    {
        var name = options.DisplayName.Length > 0 ? options.DisplayName : System.IO.Path.GetFileName(path);
        if (Directory.Exists(path))
            return Error.Invalid($"'{path}' is a folder; a CSV or Parquet file is expected.");
        if (!File.Exists(path))
            return Error.NotFound($"The file '{path}' does not exist.", "Check the path; the server reads it from its own disk.");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length == 0)
                return Error.Invalid($"The file '{name}' is empty.");
            if (stream.Length > options.MaxBytes)
                return Error.TooLarge($"The file '{name}' has {Size(stream.Length)}; at most {Size(options.MaxBytes)} are read.", "Leave out rows or columns, or store it as Parquet.");
            var head = new byte[Math.Min(HeadLength, stream.Length)];
            stream.ReadExactly(head);
            return Inspect(System.IO.Path.GetFullPath(path), name, head, head.Length == stream.Length);
        }
        catch (UnauthorizedAccessException)
        {
            return Error.Invalid($"The file '{name}' can't be read: permission denied.", "Give the server's user the right to read it.");
        }
        catch (IOException e)
        {
            return Error.Unavailable($"The file '{name}' can't be read: {e.Message}");
        }
    }

    private static Result<SourceFile> Inspect(string path, string name, byte[] head, bool isWhole)
    {
        if (head.AsSpan().StartsWith("PAR1"u8))
            return new SourceFile(path, name, IsParquet: true, head, isWhole);
        if (Array.Find(KnownFormats, known => head.AsSpan().StartsWith(known.Start)) is { What: { } what })
            return Error.Invalid($"The file '{name}' is {what}; a CSV file in UTF-8 or a Parquet file is expected.", "Export it as CSV in UTF-8.");
        if (System.IO.Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase))
            return Error.Invalid($"The file '{name}' is not a Parquet file: it does not begin with 'PAR1'.");
        if (head.AsSpan().IndexOf((byte)0) is var zero and >= 0)
            return Error.Invalid($"The file '{name}' is not a CSV or Parquet file: it holds binary data (a zero byte at position {zero}).");

        var text = head.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? head.AsMemory(Encoding.UTF8.Preamble.Length) : head.AsMemory();
        return new SourceFile(path, name, IsParquet: false, text, isWhole);
    }

    /// <summary>Decimal units, as file managers show them.</summary>
    private static string Size(long bytes)
    {
        var (value, unit) = bytes switch
        {
            < 1_000 => (bytes, "bytes"),
            < 1_000_000 => (bytes / 1e3, "kB"),
            < 1_000_000_000 => (bytes / 1e6, "MB"),
            _ => (bytes / 1e9, "GB"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}");
    }
}
