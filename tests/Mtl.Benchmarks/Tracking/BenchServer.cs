using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Mtl.Benchmarks.Methods;

namespace Mtl.Benchmarks.Tracking;

/// <summary>The product's server in a process of its own, whose memory is watched.</summary>
internal sealed partial class BenchServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Program = Path.Combine(Repository.Root, "src/Mtl.Host/bin/Release/net10.0/mtl.dll");

    private readonly Process process;

    private BenchServer(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Largest memory that the process has held at once, in MB of 10^6 bytes.</summary>
    public double PeakMegabytes => Status("VmHWM");

    /// <summary>Memory that it holds now, in MB of 10^6 bytes.</summary>
    public double Megabytes => Status("VmRSS");

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <param name="store">PostgreSQL's connection string; null for SQLite in the folder.</param>
    public static async Task<BenchServer> StartAsync(string dataFolder, string? store)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "up", "--data", dataFolder, "--port", "0"]) { RedirectStandardOutput = true };
        if (store is not null)
            start.Environment["MTL_STORE"] = store;
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Ready().Match(line) is { Success: true } ready)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new BenchServer(process, new Uri(ready.Groups[1].Value));
            }

            Console.WriteLine(line);
        }

        throw new InvalidOperationException("The server ended before it was ready; what it said is above.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var terminate = Process.Start("kill", [process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private double Status(string field) => File.ReadLines($"/proc/{process.Id}/status")
        .Where(line => line.StartsWith($"{field}:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6)
        .Single();

    [GeneratedRegex(@"^MtlPlatform is ready at (http://\S+) after ")]
    private static partial Regex Ready();
}
