using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Operations;

/// <summary>A server of its own when the other tests of the assembly are done: a process counts over all its servers.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MetricsCollection : ICollectionFixture<RunningServer>
{
    public const string Name = "metrics";
}
