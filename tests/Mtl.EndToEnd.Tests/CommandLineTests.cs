using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Mtl.Core.Definitions;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.EndToEnd.Tests.Tables;
using Mtl.Tracking.Runs;

namespace Mtl.EndToEnd.Tests;

/// <summary>The commands as a person types them, against a running server.</summary>
public sealed class CommandLineTests(CommandLineTests.Site site) : IClassFixture<CommandLineTests.Site>
{
    /// <summary>A server, a table, a definition file, and a folder to work in.</summary>
    public sealed class Site : IAsyncLifetime
    {
        private readonly TemporaryFolder folder = new();

        internal string Folder => folder.Path;

        internal Server Server { get; private set; } = null!;

        internal Task<ProgramResult> RunAsync(params IEnumerable<string> arguments) => MtlProgram.RunAsync(Folder, [.. arguments, "--data", Server.DataFolder]);

        public async ValueTask InitializeAsync()
        {
            Deliveries.WriteCsv(folder["deliveries.csv"], rows: 600);
            // JSON is YAML too.
            File.WriteAllText(folder["deliveries.yaml"], DefinitionJson.Write(Deliveries.Definition("Deliveries", "deliveries.csv", epochs: 50)));
            File.WriteAllText(folder["broken.yaml"], "name: [");
            Server = await Server.StartAsync(folder["data"]);
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            folder.Dispose();
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task From_a_definition_file_to_a_model_file_and_predictions()
    {
        var trained = await site.RunAsync("run", "deliveries.yaml", "--set", "training.epochs=3", "--set", "baselines=true", "--set", "name=Parcels");
        trained.ExitCode.ShouldBe(0, $"{trained}");
        trained.Output.ShouldContain("#1 hps · dwa: completed, epoch 3/3  minutes rmse ", customMessage: $"{trained}");
        trained.Output.ShouldContain("single-task baseline: completed, epoch 3/3  minutes rmse ", customMessage: $"{trained}");
        trained.Output.ShouldContain("Test results of #1 hps · dwa (", customMessage: $"{trained}");
        trained.Output.ShouldMatch(@"(?m)^\s+all\s+Δm\s+[+-]?\d+\.\d\d %\s*$");
        var run = (await site.Server.Api.RunsAsync()).Single(run => run.Kind == RunKind.MultiTask && run.ExperimentName == "Parcels");
        foreach (var task in (await site.Server.Api.RunAsync(run.Id)).Result!.Tasks)
            trained.Output.ShouldContain(task.Task, customMessage: $"{trained}");
        trained.Output.ShouldEndWith($"Run {run.Id}; model parcels/1. Export it with: mtl export {run.Id} -o model.onnx\n");

        var listed = await site.RunAsync("runs");
        listed.Output.ShouldMatch($@"{run.Id}\s+Parcels\s+#1 hps · dwa ", $"{listed}");
        listed.Output.ShouldContain(" completed ", customMessage: $"{listed}");

        var exported = await site.RunAsync("export", run.Id[..^2], "-o", "model.onnx");
        exported.Output.ShouldStartWith($"Wrote {Path.Combine(site.Folder, "model.onnx")} (parcels version 1; largest difference to the trained graph ", customMessage: $"{exported}");
        var file = await File.ReadAllBytesAsync(Path.Combine(site.Folder, "model.onnx"));
        Convert.ToHexStringLower(SHA256.HashData(file)).ShouldBe((await site.Server.Api.ModelAsync(run.Id)).Sha256);

        var printed = await site.RunAsync("predict", run.Id, "deliveries.csv");
        printed.ExitCode.ShouldBe(0, $"{printed}");
        printed.Output.TrimEnd().Split('\n').Length.ShouldBe(601);
        var written = await site.RunAsync("predict", "parcels", "deliveries.csv", "-o", "predicted.csv");
        written.ShouldBe(new ProgramResult(0, "", ""));
        (await File.ReadAllTextAsync(Path.Combine(site.Folder, "predicted.csv"))).ShouldBe(printed.Output);
    }

    [Fact(Timeout = 120_000)]
    public async Task Methods_are_listed_with_their_options()
    {
        var methods = await site.RunAsync("methods");

        methods.ExitCode.ShouldBe(0, $"{methods}");
        foreach (var method in new[] { "architecture", "hps", "weighting", "pcgrad", "optimizer", "adamw" })
            methods.Output.ShouldContain(method, customMessage: $"{methods}");
        var described = await site.RunAsync("methods", "adamw", "--kind", "optimizer");
        foreach (var text in new[] { "AdamW (optimizer adamw)", "weightDecay", "0.01", "Loshchilov and Hutter" })
            described.Output.ShouldContain(text, customMessage: $"{described}");
        (await site.RunAsync("methods", "no-such-words")).ShouldBe(new ProgramResult(1, "Error: No method has all of these words.\nTake fewer words, or leave --kind out.\n", ""));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("run no-such.yaml", "Error: There is no file '{folder}/no-such.yaml'.\nGive the path of an experiment definition, as in 'mtl run examples/adult.yaml'.\n")]
    [InlineData("run broken.yaml", "Error: 'broken.yaml' is not valid YAML at line 2, column ")]
    [InlineData("run deliveries.yaml --set epochs", "Error: The setting 'epochs' is not of the form name=value.\nWrite for example --set training.epochs=5.\n")]
    [InlineData("run deliveries.yaml --set training.epochs=0", "Error: training.epochs: training.epochs is 0; allowed is 1 to 100000.\n")]
    [InlineData("run deliveries.yaml --set training.speed=9", "Error: The experiment definition can't be read at 'training.speed': ")]
    [InlineData("run deliveries.yaml --set weighting=magic", "magic")]
    [InlineData("run deliveries.yaml --set data.path=elsewhere.csv", "elsewhere.csv")]
    [InlineData("run deliveries.yaml --set tasks[1].column=nothing", "nothing")]
    [InlineData("export no-such-run -o model.onnx", "Error: There is no run 'no-such-run'.\n'mtl runs' lists them.\n")]
    [InlineData("predict latest no-such.csv", "Error: There is no file '{folder}/no-such.csv'.\n")]
    [InlineData("pause no-such-run", "Error: There is no run 'no-such-run'.\n")]
    [InlineData("run deliveries.yaml --fast", "Unrecognized command or argument '--fast'.")]
    [InlineData("trian deliveries.yaml", "'trian' was not matched.")]
    [InlineData("export latest", "Option '--output' is required.")]
    public async Task A_command_that_cannot_be_done_says_why_and_ends_with_status_1(string command, string message)
    {
        var refused = await site.RunAsync(command.Split(' '));

        refused.ExitCode.ShouldBe(1, $"{refused}");
        $"{refused.Output}{refused.Errors}".ShouldContain(message.Replace("{folder}", site.Folder, StringComparison.Ordinal), customMessage: $"{refused}");
        $"{refused.Output}{refused.Errors}".ShouldNotContain("   at Mtl.", customMessage: "a stack trace is no message");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_taken_port_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var empty = new TemporaryFolder();

        var refused = await MtlProgram.RunAsync(site.Folder, "up", "--data", empty["data"], "--port", $"{port}");

        refused.ShouldBe(new ProgramResult(1, $"Error: Port {port} on 127.0.0.1 is taken by another program.\nStop that program, or choose another port with --port N (0 takes a free one).\n", ""));
        File.Exists(Path.Combine(empty["data"], "server.json")).ShouldBeFalse();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        var impossible = Path.Combine(site.Folder, "deliveries.csv", "data");

        var refused = await MtlProgram.RunAsync(site.Folder, "up", "--data", impossible, "--port", "0");

        refused.ExitCode.ShouldBe(1, $"{refused}");
        refused.Output.ShouldStartWith($"Error: The data folder '{impossible}' can't be written: ");
        refused.Output.ShouldEndWith("Make it writable for this user, or name another folder with --data DIR.\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_data_folder_in_use_is_named_with_the_server_that_uses_it()
    {
        var refused = await site.RunAsync("up", "--port", "0");

        refused.ExitCode.ShouldBe(1, $"{refused}");
        refused.Output.ShouldMatch($@"^Error: The data folder '{site.Server.DataFolder}' is in use by the server at {site.Server.Address.GetLeftPart(UriPartial.Authority)} \(process \d+\)\.\s"
            + @"Use that server, stop it, or name another folder with --data DIR\.\n$");
    }
}
