using System.Net;
using Mtl.Application;
using Mtl.Application.People;
using Mtl.Application.Retention;
using Mtl.Host.Operations;

namespace Mtl.Host;

/// <summary>What a server is started with.</summary>
/// <param name="DataFolder">Absolute path.</param>
/// <param name="Port">0 takes a free one.</param>
internal sealed record ServerOptions(string DataFolder, int Port)
{
    /// <summary>Where <c>MTL_STORE</c> says that the records are; see <see cref="Store"/>.</summary>
    public const string StoreVariable = "MTL_STORE";

    /// <summary>Connection string or address of the PostgreSQL database that holds the records; empty for SQLite in the data folder. Holds a secret.</summary>
    public string Store { get; init; } = Environment.GetEnvironmentVariable(StoreVariable) ?? "";

    /// <summary>The address to listen on; any but a loopback address needs an administrator.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Largest upload, in bytes.</summary>
    public long MaximumUploadBytes { get; init; } = ApplicationOptions.DefaultMaximumUploadBytes;

    /// <summary>How the log is written.</summary>
    public LogFormat Log { get; init; } = LogFormat.Text;

    /// <summary>How often somebody may be wrong about a password or token.</summary>
    public SignInLimits SignIn { get; init; } = new();

    /// <summary>How long what was deleted is kept.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>Whether runs that nobody attends to are gone on with.</summary>
    public bool TakesUpRuns { get; init; } = true;

    /// <summary>Reads an environment variable; null where there is none.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Without the store's secret.</summary>
    public override string ToString() => $"{nameof(ServerOptions)} {{ DataFolder = {DataFolder}, Port = {Port} }}";
}
