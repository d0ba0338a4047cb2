using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mtl.Learning.Tests.Oracles;

/// <summary>Computes expected values with the system's Python, where it has the library; skips the test with the reason where it has not.</summary>
internal static class PythonOracle
{
    private const string Python = "/usr/bin/python3";
    private const int Missing = 77;

    /// <summary>Runs a script that finds its input in <c>given</c>, its library imported, and leaves its answer in <c>answer</c>.</summary>
    public static JsonNode Ask(string library, string script, object given)
    {
        Assert.SkipUnless(File.Exists(Python), $"The oracle needs {Python}, which this machine does not have.");
        var (code, output, errors) = Run(
            $"""
            import json, sys
            try:
                import {library}
            except ImportError:
                sys.exit({Missing})
            given = json.load(sys.stdin)
            {script}
            print(json.dumps(answer))
            """,
            JsonSerializer.Serialize(given));
        Assert.SkipWhen(code == Missing, $"The oracle needs the Python library {library}, which {Python} can't import.");

        code.ShouldBe(0, errors);
        return JsonNode.Parse(output)!;
    }

    private static (int Code, string Output, string Errors) Run(string script, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }
}
