using System.Diagnostics;
using System.Globalization;
using Mtl.Core.Random;
using Mtl.Data.Profiling;
using Mtl.Data.Reading;
using Mtl.Data.Tables;

namespace Mtl.Benchmarks.Data;

/// <summary>Time and memory of reading and profiling a CSV file of 100 MB: five columns of numbers, three of texts, one that turns out to be text only in its last row.</summary>
internal static class DataBenchmark
{
    private const long FileBytes = 100_000_000;
    private const int Repeats = 3;

    internal static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("mtl-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "table.csv");
            WriteTable(path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(path).Length / 1e6:0} MB, {Environment.ProcessorCount} cores"));
            var best = Enumerable.Range(0, Repeats).Select(_ => Read(path, new TableReadOptions())).Min();
            var bestOfSchema = Enumerable.Range(0, Repeats).Select(_ => Read(path, new TableReadOptions { Schema = new Dictionary<string, ColumnType> { ["code"] = ColumnType.Text } })).Min();
            Print("read, one column read twice", best);
            Print("read", bestOfSchema);

            var table = TableReader.Read(path).Value;
            var clock = Stopwatch.StartNew();
            TableProfile.Of(table);
            Print("profile", clock.Elapsed);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.RowCount:N0} rows × {table.Columns.Count} columns; peak memory of the process {process.PeakWorkingSet64 / 1e6:0} MB"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(string what, TimeSpan time) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-30} {time.TotalSeconds:0.00} s"));

    private static TimeSpan Read(string path, TableReadOptions options)
    {
        var clock = Stopwatch.StartNew();
        _ = TableReader.Read(path, options).Value;
        return clock.Elapsed;
    }

    private static void WriteTable(string path)
    {
        var random = new CounterRandom(1, "benchmark");
        using var file = File.CreateText(path);
        file.WriteLine("id,amount,score,age,ratio,town,colour,note,code");
        for (ulong row = 0; file.BaseStream.Position < FileBytes; row++)
        {
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row},{random.Float(8 * row) * 1e4f:0.00},{random.Float((8 * row) + 1)},{random.UInt((8 * row) + 2) % 90},{random.Float((8 * row) + 3):0.0000},town {random.UInt((8 * row) + 4) % 5000},{(random.UInt((8 * row) + 5) % 2 == 0 ? "red" : "blue")},\"note, no. {random.UInt((8 * row) + 6) % 100}\",{row % 1000}"));
        }

        file.WriteLine("0,0,0,0,0,town,red,note,last");
    }
}
