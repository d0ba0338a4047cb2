namespace Mtl.Storage.Folders;

/// <summary>The server on a data folder, as <c>server.json</c> there names it.</summary>
/// <param name="Address">Where it listens (<c>http://127.0.0.1:5080</c>).</param>
public sealed record ServerInfo(int ProcessId, string Address, DateTimeOffset StartedAt);
