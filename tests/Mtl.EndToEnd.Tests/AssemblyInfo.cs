using Mtl.Testing.Postgres;

// Each test has a server of its own, which trains on all cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(SharedPostgres))]
