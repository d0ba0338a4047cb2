using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mtl.Benchmarks.Train;

/// <summary>The cases in PyTorch, in a Python process of its own that waits while the other side trains.</summary>
internal sealed class TorchSteps : ISteps
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    /// <summary>Settings that tie OpenBLAS to another processor's kernels: left in place they would make the comparison too easy.</summary>
    private static readonly string[] Handicaps = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    private readonly Process process;

    private TorchSteps(Process process, JsonNode facts)
    {
        this.process = process;
        Facts = $"PyTorch {facts["torch"]} on OpenBLAS ({facts["openBlasKernels"]} kernels)";
    }

    /// <summary>What it runs on.</summary>
    public string Facts { get; }

    /// <summary>Starts the process; null, and <paramref name="problem"/>, when there is no PyTorch on OpenBLAS.</summary>
    public static TorchSteps? TryStart(out string problem)
    {
        problem = "";
        foreach (var interpreter in Interpreters)
        {
            var start = new ProcessStartInfo(interpreter) { ArgumentList = { "-c", Script() }, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            Array.ForEach(Handicaps, handicap => start.Environment.Remove(handicap));
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
            if (process.StandardOutput.ReadLine() is not { } greeting)
            {
                problem = $"{interpreter}: {process.StandardError.ReadToEnd().Trim().Split('\n')[^1]}";
                process.Dispose();
                continue;
            }

            process.BeginErrorReadLine();
            var facts = JsonNode.Parse(greeting)!;
            if (facts["openBlasKernels"] is not null)
            {
                return new TorchSteps(process, facts);
            }

            process.Kill();
            process.Dispose();
            problem = $"{interpreter}: PyTorch {facts["torch"]} does not run on OpenBLAS";
        }

        return null;
    }

    /// <summary>Builds a case; takes the place of the one before.</summary>
    /// <returns>Which of PyTorch's implementations of Adam was faster and is used.</returns>
    public string Prepare(StepCase step) => (string)Ask(JsonSerializer.Serialize(
        new { batch = step.Batch, width = step.Width, perTask = step.PerTask, threads = step.Threads }))["optimizer"]!;

    /// <summary>Builds an encoder's case likewise.</summary>
    public void Prepare(EncoderCase encoder) => Ask(encoder.Peer.ToJsonString());

    public double[] Burst(int steps) => Ask(JsonSerializer.Serialize(new { steps }))["seconds"].Deserialize<double[]>()!;

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Script()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("torch_peer.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private JsonNode Ask(string request)
    {
        process.StandardInput.WriteLine(request);
        process.StandardInput.Flush();
        return JsonNode.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The PyTorch process ended early; its error is above."))!;
    }
}
