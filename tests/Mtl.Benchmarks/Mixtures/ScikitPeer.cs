using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Learning.Unsupervised;

namespace Mtl.Benchmarks.Mixtures;

/// <summary>The cases in scikit-learn, in a Python process of its own that waits while the other side fits.</summary>
internal sealed class ScikitPeer : IDisposable
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Settings that tie OpenBLAS to another processor's kernels: left in place they would make the comparison too easy.</summary>
    private static readonly string[] Handicaps = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    private readonly Process process;

    private ScikitPeer(Process process, JsonNode facts)
    {
        this.process = process;
        Facts = $"scikit-learn {facts["sklearn"]} on {facts["blas"]}";
    }

    /// <summary>What it runs on.</summary>
    public string Facts { get; }

    /// <summary>Starts the process and gives it the points and the start; null, and <paramref name="problem"/>, when there is no scikit-learn.</summary>
    public static ScikitPeer? TryStart(Points points, Points centres, out string problem)
    {
        problem = $"{Interpreter} is not there";
        if (!File.Exists(Interpreter))
            return null;
        var start = new ProcessStartInfo(Interpreter) { ArgumentList = { "-c", Script() }, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(Handicaps, handicap => start.Environment.Remove(handicap));
        var process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() is not { } greeting)
        {
            problem = process.StandardError.ReadToEnd().Trim().Split('\n')[^1];
            process.Dispose();
            return null;
        }

        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        var peer = new ScikitPeer(process, JsonNode.Parse(greeting)!);
        peer.Give(points, centres);
        return peer;
    }

    /// <summary>Seconds of one fit, and the mean log-likelihood or inertia it ends with.</summary>
    public (double Seconds, double Value, int Iterations) Fit(MixtureCase @case)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(new { form = @case.Form?.ToString(), iterations = @case.Iterations, threads = @case.Threads }));
        process.StandardInput.Flush();
        var answer = JsonNode.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The scikit-learn process ended early; its error is above."))!;
        return ((double)answer["seconds"]!, (double)answer["value"]!, (int)answer["iterations"]!);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Hands the numbers over in files, which go as soon as the first answer shows that they have been read.</summary>
    private void Give(Points points, Points centres)
    {
        var folder = Directory.CreateTempSubdirectory("mtl-bench-").FullName;
        try
        {
            var (pointsFile, startFile) = (Path.Combine(folder, "points"), Path.Combine(folder, "start"));
            File.WriteAllBytes(pointsFile, MemoryMarshal.AsBytes(points.Values));
            File.WriteAllBytes(startFile, MemoryMarshal.AsBytes(centres.Values));
            process.StandardInput.WriteLine(JsonSerializer.Serialize(new { points = pointsFile, start = startFile, columns = points.Columns }));
            Fit(new MixtureCase(null, 1, 1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Script()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("scikit_peer.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
