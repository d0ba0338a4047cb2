using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Mtl.Testing.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own: the installed binaries over a new cluster in a temporary folder, on a free loopback port, as an unprivileged user where the tests run as root (the server
/// refuses root). It keeps its port when it is stopped and started again. Thread-safe but for starting and stopping.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Of the server's superuser; looked for in logs and errors by the tests that say secrets stay out of them.</summary>
    public const string Password = "tests-only-password";

    private const string User = "mtl";
    private const int StartAttempts = 200;

    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(50);

    private readonly string folder;
    private readonly string binaries;
    private readonly string? runAs;
    private readonly bool isFlushing;
    private Process? server;
    private int databases;

    private PostgresServer(string folder, string binaries, string? runAs, bool isFlushing) =>
        (this.folder, this.binaries, this.runAs, this.isFlushing) = (folder, binaries, runAs, isFlushing);

    public int Port { get; private set; }

    /// <summary>The server's process; it has children that go with it.</summary>
    public int ProcessId => server!.Id;

    /// <summary>Folder of the cluster's files.</summary>
    public string DataFolder => Path.Combine(folder, "data");

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="in">The folder to make it in; the temporary folder when null.</param>
    /// <param name="isFlushing">Whether commits are flushed to disk, as measurements want it. What a killed process has written the kernel keeps in either case.</param>
    public static async Task<PostgresServer> StartNewAsync(string? @in = null, bool isFlushing = false)
    {
        var folder = @in is null ? Directory.CreateTempSubdirectory("mtl-postgres-").FullName : Directory.CreateDirectory(Path.Combine(@in, "postgres")).FullName;
        var made = new PostgresServer(folder, FindBinaries(), Environment.IsPrivilegedProcess ? FindUser() : null, isFlushing);
        try
        {
            var password = Path.Combine(folder, "password");
            await File.WriteAllTextAsync(password, Password);
            if (made.runAs is { } user)
                await RunAsync("chown", ["-R", user, folder]);
            await made.RunBinaryAsync(
                "initdb", ["-D", made.DataFolder, "-U", User, "--pwfile", password, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"]);
            made.Port = FreePort();
            await made.StartAsync();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        server = Process.Start(Command(
            "postgres",
            ["-D", DataFolder, "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c", "shared_buffers=128MB", "-c", isFlushing ? "fsync=on" : "fsync=off"]))!;
        _ = Task.WhenAll(server.StandardOutput.ReadToEndAsync(), server.StandardError.ReadToEndAsync());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{ConnectionString("postgres")};Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < StartAttempts && !server.HasExited)
            {
                await Task.Delay(StartPause);
            }
        }
    }

    /// <summary>Stops it as an administrator does; connections are cut.</summary>
    public async Task StopAsync()
    {
        await RunBinaryAsync("pg_ctl", ["stop", "-D", DataFolder, "-m", "fast", "-w"]);
        await server!.WaitForExitAsync();
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username={User};Password={Password};Database={database}";

    /// <summary>Makes an empty database, and gives back its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Makes an empty database whose tables are in a folder of its own within <paramref name="folder"/>, in which the server may make one; gives back its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string folder)
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        var space = Path.Combine(folder, name);

        // The server makes the folder itself: it must own it.
        await ExecuteAsync($"COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; mkdir \"{space}\"'");
        await ExecuteAsync($"CREATE TABLESPACE {name} LOCATION '{space}'");
        await ExecuteAsync($"CREATE DATABASE {name} TABLESPACE {name}");
        return ConnectionString(name);
    }

    /// <summary>Drops a database that <see cref="CreateDatabaseAsync()"/> made, whoever is still connected to it.</summary>
    public Task DropDatabaseAsync(string connectionString) => ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false })
            await RunBinaryAsync("pg_ctl", ["stop", "-D", DataFolder, "-m", "immediate", "-w"]);
        server?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var found = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).MaxBy(bin => bin, StringComparer.Ordinal)
            : null;
        return found
            ?? Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL's server is not installed, and its tests are not left out: install it with 'apt-get install postgresql' (./mtl test does so as root).");
    }

    private static string FindUser() =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).FirstOrDefault(user => user == "postgres") ?? "nobody";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunAsync(string program, string[] arguments) => RunAsync(Start(program, arguments));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {string.Concat(output)}");
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };

    private Task RunBinaryAsync(string binary, string[] arguments) => RunAsync(Command(binary, arguments));

    private ProcessStartInfo Command(string binary, string[] arguments)
    {
        var path = Path.Combine(binaries, binary);
        return runAs is { } user ? Start("setpriv", ["--reuid", user, "--clear-groups", "--", path, .. arguments]) : Start(path, arguments);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString("postgres")};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
