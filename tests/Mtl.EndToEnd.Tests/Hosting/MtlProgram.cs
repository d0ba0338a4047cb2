using System.Diagnostics;

namespace Mtl.EndToEnd.Tests.Hosting;

/// <summary>The product's program, as it lies beside these tests.</summary>
internal static class MtlProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "mtl.dll");

    /// <summary>Starts it with its output redirected, and with further environment variables.</summary>
    public static Process Start(string workingFolder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Library, .. arguments])
        {
            WorkingDirectory = workingFolder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<ProgramResult> RunAsync(string workingFolder, params IEnumerable<string> arguments) => RunAsync(workingFolder, arguments, null);

    /// <summary>Runs a command to its end, with further environment variables.</summary>
    public static async Task<ProgramResult> RunAsync(string workingFolder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        using var process = Start(workingFolder, arguments, environment);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"'mtl {string.Join(' ', arguments)}' did not end within {Patience}. It printed:\n{await output}{await errors}");
        }

        return new ProgramResult(process.ExitCode, await output, await errors);
    }
}

/// <summary>What a command did.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>All it printed, for messages.</summary>
    public override string ToString() => $"exit status {ExitCode}\n{Output}{Errors}";
}
