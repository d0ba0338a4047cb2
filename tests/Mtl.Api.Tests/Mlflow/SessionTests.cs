using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Whole sessions on the embedded store.</summary>
[Collection(ServerCollection.Name)]
public sealed class SessionTests(RunningServer server)
{
    [Fact]
    public Task The_session_of_the_Python_client_is_answered_request_by_request() => new Transcript(server).ReplayAsync();

    [Fact]
    public Task Ten_thousand_random_searches_never_break_the_server() => new FilterFuzz(server).RunAsync();
}

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresSessionTests(ServerOnPostgres postgres)
{
    [Fact]
    public Task The_session_of_the_Python_client_is_answered_request_by_request() => new Transcript(postgres.Server).ReplayAsync();

    [Fact]
    public Task Ten_thousand_random_searches_never_break_the_server() => new FilterFuzz(postgres.Server).RunAsync();
}
