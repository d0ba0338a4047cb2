using Mtl.Storage.Relational.Search;
using Mtl.Testing.Postgres;
using Mtl.Testing.Stores;

namespace Mtl.Storage.Tests;

/// <summary>The conformance suites over SQLite.</summary>
public static class SqliteConformance
{
    public sealed class Experiments() : ExperimentStoreConformance(new SqliteSource());

    public sealed class Runs() : RunStoreConformance(new SqliteSource());

    public sealed class Logs() : LogStoreConformance(new SqliteSource());

    public sealed class Metrics() : MetricStoreConformance(new SqliteSource());

    public sealed class Models() : ModelStoreConformance(new SqliteSource());

    public sealed class RunData() : RunDataStoreConformance(new SqliteSource());

    public sealed class Tags() : TagStoreConformance(new SqliteSource());

    public sealed class Registry() : ModelRegistryConformance(new SqliteSource());

    public sealed class LoggedModels() : LoggedModelStoreConformance(new SqliteSource());

    public sealed class RunSearch() : RunSearchConformance(new SqliteSource());

    public sealed class RunSearchAlongIndexes() : RunSearchConformance(new SqliteSource(new SearchLimits(Few: 0, FewSorted: 0, FirstChunk: 1, FirstLook: 1)));

    public sealed class RunSearchAtFirstLook() : RunSearchConformance(new SqliteSource(new SearchLimits(Few: 0, FewSorted: 0, FirstChunk: 5, FirstLook: 4)));

    public sealed class RecordSearch() : RecordSearchConformance(new SqliteSource());

    public sealed class Datasets() : DatasetStoreConformance(new SqliteSource());

    public sealed class Retention() : RetentionStoreConformance(new SqliteSource());

    public sealed class People() : PeopleStoreConformance(new SqliteSource());

    public sealed class Grants() : GrantStoreConformance(new SqliteSource());

    public sealed class Artifacts() : ArtifactStoreConformance(new SqliteSource());

    public sealed class Collaboration() : CollaborationStoreConformance(new SqliteSource());

    public sealed class Webhooks() : WebhookStoreConformance(new SqliteSource());
}

/// <summary>The same suites over PostgreSQL; artifacts are files in both cases.</summary>
public static class PostgresConformance
{
    public sealed class Experiments(SharedPostgres postgres) : ExperimentStoreConformance(new PostgresSource(postgres));

    public sealed class Runs(SharedPostgres postgres) : RunStoreConformance(new PostgresSource(postgres));

    public sealed class Logs(SharedPostgres postgres) : LogStoreConformance(new PostgresSource(postgres));

    public sealed class Metrics(SharedPostgres postgres) : MetricStoreConformance(new PostgresSource(postgres));

    public sealed class Models(SharedPostgres postgres) : ModelStoreConformance(new PostgresSource(postgres));

    public sealed class RunData(SharedPostgres postgres) : RunDataStoreConformance(new PostgresSource(postgres));

    public sealed class Tags(SharedPostgres postgres) : TagStoreConformance(new PostgresSource(postgres));

    public sealed class Registry(SharedPostgres postgres) : ModelRegistryConformance(new PostgresSource(postgres));

    public sealed class LoggedModels(SharedPostgres postgres) : LoggedModelStoreConformance(new PostgresSource(postgres));

    public sealed class RunSearch(SharedPostgres postgres) : RunSearchConformance(new PostgresSource(postgres));

    public sealed class RunSearchAlongIndexes(SharedPostgres postgres) : RunSearchConformance(new PostgresSource(postgres, new SearchLimits(Few: 0, FewSorted: 0, FirstChunk: 1, FirstLook: 1)));

    public sealed class RunSearchAtFirstLook(SharedPostgres postgres) : RunSearchConformance(new PostgresSource(postgres, new SearchLimits(Few: 0, FewSorted: 0, FirstChunk: 5, FirstLook: 4)));

    public sealed class RecordSearch(SharedPostgres postgres) : RecordSearchConformance(new PostgresSource(postgres));

    public sealed class Datasets(SharedPostgres postgres) : DatasetStoreConformance(new PostgresSource(postgres));

    public sealed class Retention(SharedPostgres postgres) : RetentionStoreConformance(new PostgresSource(postgres));

    public sealed class People(SharedPostgres postgres) : PeopleStoreConformance(new PostgresSource(postgres));

    public sealed class Grants(SharedPostgres postgres) : GrantStoreConformance(new PostgresSource(postgres));

    public sealed class Collaboration(SharedPostgres postgres) : CollaborationStoreConformance(new PostgresSource(postgres));

    public sealed class Webhooks(SharedPostgres postgres) : WebhookStoreConformance(new PostgresSource(postgres));
}
