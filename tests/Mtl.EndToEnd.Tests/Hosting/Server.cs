using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Mtl.EndToEnd.Tests.Hosting;

/// <summary>A server of the product in a process of its own, on a data folder and a free port. It can be killed and started again on the same port.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private const int SigTerm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<string> printed = [];
    private readonly Lock printing = new();
    private readonly IReadOnlyList<string> arguments;
    private readonly IReadOnlyDictionary<string, string> environment;
    private Process process;
    private TaskCompletionSource<Uri> ready;

    private Server(string dataFolder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        (DataFolder, this.arguments, this.environment, process, ready) = (dataFolder, arguments, environment, null!, null!);

    public string DataFolder { get; }

    public Uri Address { get; private set; } = null!;

    public ServerApi Api { get; private set; } = null!;

    /// <summary>What it said when it was ready, start-up time included.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>Errors that it has logged, each with the lines that belong to it.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            var complaints = new List<string>();
            var isComplaint = false;
            lock (printing)
            {
                foreach (var line in printed)
                {
                    if (ComplaintStart().IsMatch(line))
                        complaints.Add(line);
                    else if (isComplaint && line.StartsWith(' '))
                        complaints[^1] += '\n' + line;
                    isComplaint = ComplaintStart().IsMatch(line) || (isComplaint && line.StartsWith(' '));
                }
            }

            return complaints;
        }
    }

    /// <summary>Everything it has printed.</summary>
    public string Output
    {
        get
        {
            lock (printing)
                return string.Join('\n', printed);
        }
    }

    /// <param name="arguments">Further options of <c>mtl up</c>.</param>
    /// <param name="environment">Further environment variables.</param>
    public static async Task<Server> StartAsync(string dataFolder, IReadOnlyList<string>? arguments = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = new Server(dataFolder, arguments ?? [], environment ?? new Dictionary<string, string>());
        await server.StartAsync(port: 0);
        return server;
    }

    /// <summary>Starts it again, on the port that it had.</summary>
    public Task RestartAsync() => StartAsync(Address.Port);

    /// <summary>SIGKILL: the process is gone at once, whatever it was doing.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for its end.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> StopAsync()
    {
        SendSignal(process.Id, SigTerm).ShouldBe(0);
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (process is null)
            return;
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private async Task StartAsync(int port)
    {
        process?.Dispose();
        Api?.Dispose();
        ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = MtlProgram.Start(Path.GetDirectoryName(DataFolder)!, ["up", "--data", DataFolder, "--port", $"{port}", .. arguments], environment);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(Patience) == ended)
            throw new InvalidOperationException($"The server ended with status {process.ExitCode} before it was ready. It printed:\n{Output}");
        Address = await ready.Task;
        Api = new ServerApi(Address);
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (printing)
            printed.Add(line);
        if (Ready().Match(line) is { Success: true } greeting)
        {
            Greeting = line;
            ready.TrySetResult(new Uri(greeting.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"(?:^|"")MtlPlatform is ready at (http://[^\s;]+)(?: after [0-9.]+ s\.|;)")]
    private static partial Regex Ready();

    [GeneratedRegex("^(fail:|crit:|Unhandled)")]
    private static partial Regex ComplaintStart();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
