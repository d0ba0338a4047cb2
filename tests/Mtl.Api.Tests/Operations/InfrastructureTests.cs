using System.CommandLine;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mtl.Api.Tests.Security;
using Mtl.Cli.Commands;
using Mtl.Host;
using Mtl.Host.Commands;
using Mtl.Host.People;

namespace Mtl.Api.Tests.Operations;

/// <summary>That the files of <c>infra/</c> name what the program has: its variables, options, ports, paths and folders.</summary>
public sealed partial class InfrastructureTests : IDisposable
{
    private const string Dockerfile = "compose/Dockerfile";
    private const string Compose = "compose/compose.yaml";
    private const string Kubernetes = "k8s/mtl.yaml";
    private const string Prometheus = "observability/prometheus.yaml";

    private static readonly string Root = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));
    private readonly string folder = Directory.CreateTempSubdirectory("mtl-infrastructure-").FullName;

    public static TheoryData<string> Files => [Dockerfile, Compose, Kubernetes, Prometheus, "README.md"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_variable_is_one_that_the_program_or_its_build_reads(string file)
    {
        string[] ofProgram =
        [
            ServerOptions.StoreVariable, PeopleSetUp.UserVariable, PeopleSetUp.PasswordFileVariable, PeopleSetUp.DefaultPermissionVariable, PeopleSetUp.RequestsVariable,
            PeopleSetUp.SignInServiceVariable,
        ];
        var ofBuild = Variable().Matches(File.ReadAllText(Path.Combine(Root, "build/Flavours.props"))).Select(match => match.Value);
        var silo = File.ReadAllText(Path.Combine(Root, "src/Mtl.Host/Silo/SiloWiring.cs"));
        var text = Read(file);

        Variable().Matches(text).Select(match => match.Value).Except(ofProgram).Except(ofBuild).ShouldBeEmpty();
        foreach (var setting in SiloSetting().Matches(text).Select(match => match.Groups["name"].Value))
            SiloSettings(silo).ShouldContain(setting);
    }

    [Fact]
    public void The_image_starts_the_server_with_options_that_it_has()
    {
        var start = EntryPoint();
        start[..3].ShouldBe(["dotnet", "/app/mtl.dll", "up"]);
        var context = new CommandContext(new ServerAccess(), Terminal.Console(), folder);
        var root = new RootCommand { UpCommand.Create(context) };
        root.Options.Add(CommandTable.DataFolder);

        root.Parse(start[2..]).Errors.ShouldBeEmpty();

        typeof(MtlServer).Assembly.GetName().Name.ShouldBe("mtl");
        Read(Dockerfile).ShouldContain($"VOLUME {Option(start, "--data")}\n");
    }

    [Fact]
    public void Ports_and_folders_are_those_that_the_image_serves_and_keeps()
    {
        var start = EntryPoint();
        var (port, data) = (Option(start, "--port"), Option(start, "--data"));

        Read(Dockerfile).ShouldContain($"EXPOSE {port}\n");
        PublishedPort().Matches(Read(Compose)).Where(match => match.Groups["host"].Value.StartsWith("508", StringComparison.Ordinal)).Select(match => match.Groups["container"].Value)
            .ShouldBe([port, port, port]);
        SiloTarget().Matches(Read(Prometheus)).Select(match => match.Groups["port"].Value).ShouldBe([port, port, port]);
        Read(Kubernetes).ShouldContain($"containerPort: {port} ");
        SiloVolume().Matches(Read(Compose)).Select(match => match.Groups["path"].Value).ShouldBe([data, data, data]);
        Read(Compose).ShouldContain($"keys:{data}/keys");
        Read(Kubernetes).ShouldContain($"mountPath: {data} ");
        var passwordFile = AdministratorFile().Match(Read(Kubernetes)).Groups["path"].Value;
        Read(Kubernetes).ShouldContain($"mountPath: {Path.GetDirectoryName(passwordFile)},");
        Read(Kubernetes).ShouldContain($"path: {Path.GetFileName(passwordFile)} ");
        AdministratorFile().Match(Read(Compose)).Groups["path"].Value.ShouldBe("/run/secrets/admin-password");
    }

    [Fact]
    public async Task Probes_are_answered_whatever_name_they_come_by_and_everything_else_asks_who_comes()
    {
        var password = Path.Combine(folder, "admin-password");
        await File.WriteAllTextAsync(password, "correct horse battery");
        var variables = new Dictionary<string, string> { [PeopleSetUp.UserVariable] = "admin", [PeopleSetUp.PasswordFileVariable] = password };
        var listen = IPAddress.Parse(Option(EntryPoint(), "--listen"));
        await using var server = (await MtlServer.StartAsync(
            new ServerOptions(Path.Combine(folder, "data"), Port: 0) { Listen = listen, Variable = variables.GetValueOrDefault }, CancellationToken.None)).Value;
        using var client = new HttpClient { BaseAddress = server.Address };
        var probes = Probe().Matches(Read(Dockerfile) + Read(Kubernetes)).Select(match => match.Groups["path"].Value).ToHashSet();
        var metrics = MetricsPath().Match(Read(Prometheus)).Groups["path"].Value;

        probes.ShouldBe(["/health/ready", "/health/live"], ignoreOrder: true);
        foreach (var host in (string[])["10.244.0.7:5080", "silo-1:5080", "mtl"])
        {
            client.DefaultRequestHeaders.Host = host;
            foreach (var probe in probes)
                (await client.GetAsync(probe)).StatusCode.ShouldBe(HttpStatusCode.OK, $"{probe} asked as {host}");
            (await client.GetAsync(metrics)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        client.DefaultRequestHeaders.Authorization = SecuredServer.Basic("admin");
        (await client.GetAsync(metrics)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Root, "infra", file));

    private static string[] EntryPoint() => JsonSerializer.Deserialize<string[]>(Read(Dockerfile).Split('\n').Single(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..])!;

    private static string Option(string[] start, string name) => start[Array.IndexOf(start, name) + 1];

    private static IEnumerable<string> SiloSettings(string wiring) => ReadSetting().Matches(wiring).Select(match => match.Groups["name"].Value);

    private static string FindRoot(DirectoryInfo at) => File.Exists(Path.Combine(at.FullName, "MtlPlatform.sln")) ? at.FullName : FindRoot(at.Parent!);

    [GeneratedRegex("MTL_[A-Z_]+")]
    private static partial Regex Variable();

    [GeneratedRegex("Orleans__(?<name>[A-Za-z]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex SiloSetting();

    /// <summary>How the silo's wiring reads a setting.</summary>
    [GeneratedRegex("""(settings\[|\()"(?<name>[A-Z][A-Za-z]+)"[\])]""", RegexOptions.ExplicitCapture)]
    private static partial Regex ReadSetting();

    [GeneratedRegex("""127\.0\.0\.1:(?<host>\d+):(?<container>\d+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex PublishedPort();

    [GeneratedRegex("""silo-\d:(?<port>\d+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex SiloTarget();

    [GeneratedRegex("""silo-\d:(?<path>/[a-z]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex SiloVolume();

    [GeneratedRegex("""MTL_ADMIN_PASSWORD_FILE: (?<path>\S+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex AdministratorFile();

    [GeneratedRegex("""(?<path>/health/[a-z]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Probe();

    [GeneratedRegex("""metrics_path: (?<path>\S+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex MetricsPath();
}
