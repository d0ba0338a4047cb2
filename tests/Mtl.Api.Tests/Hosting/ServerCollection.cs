namespace Mtl.Api.Tests.Hosting;

/// <summary>Tests that share one server run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<RunningServer>
{
    public const string Name = "server";
}
