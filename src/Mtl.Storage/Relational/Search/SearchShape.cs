using Mtl.Tracking.Tags;

namespace Mtl.Storage.Relational.Search;

/// <summary>What an attribute is in the database. In all texts of SQL the table searched goes by <c>r</c>.</summary>
/// <param name="Value">What conditions compare.</param>
/// <param name="IsNullable">May be NULL: such records come last in any order.</param>
internal sealed record SearchColumn(string Value, SearchType Type, bool IsNullable = false)
{
    private const long EpochTicks = 621_355_968_000_000_000;
    private const long TicksPerMillisecond = 10_000;

    /// <summary>What orders compare, where it is not <see cref="Value"/>.</summary>
    public string Order { get; init; } = Value;

    public static SearchColumn Text(string column) => new(column, SearchType.Text);

    /// <summary>A time, which conditions give in milliseconds since 1970; the column holds ticks, and orders go by them.</summary>
    public static SearchColumn Time(string column, bool isNullable = false) => new($"(({column} - {EpochTicks}) / {TicksPerMillisecond})", SearchType.Integer, isNullable) { Order = column };
}

/// <summary>How values of an order go into a page token and back.</summary>
internal enum SearchType
{
    Text,
    Integer,
    Number,
}

/// <summary>Where one kind of record is kept, and what can be asked of it.</summary>
/// <param name="Table">With <c>created_at</c>, <c>no</c> and what <paramref name="Id"/> names.</param>
/// <param name="Id">What breaks the last tie of an order; unique.</param>
/// <param name="TagKind">Whose tags they are.</param>
/// <param name="TagOwner">The owner's id in <c>tags</c>.</param>
internal sealed record SearchShape(string Table, string Id, TagOwnerKind TagKind, string TagOwner, IReadOnlyDictionary<string, SearchColumn> Attributes)
{
    /// <summary>Where clients find the files of the run <c>r</c>: in its experiment's place, if that has one and the platform does not train the run.</summary>
    private const string RunHome =
        """
        ((SELECT CASE WHEN r.kind = 'Tracked' AND e.artifact_location <> '' THEN rtrim(e.artifact_location, '/') ELSE 'mlflow-artifacts:/' || e.id END
          FROM experiments e WHERE e.id = r.experiment_id) || '/' || r.id || '/artifacts')
        """;

    /// <summary>Table and column of the parameters; null for records without.</summary>
    public (string Table, string Owner)? Parameters { get; init; }

    public bool HasMetrics { get; init; }

    /// <summary>Its metrics are those that were logged of the models.</summary>
    public bool HasModelMetrics { get; init; }

    public static SearchShape Runs { get; } = new("runs", "r.id", TagOwnerKind.Run, "r.id", new Dictionary<string, SearchColumn>
    {
        ["run_id"] = SearchColumn.Text("r.id"),
        ["run_name"] = SearchColumn.Text("r.name"),
        ["status"] = SearchColumn.Text("r.status"),
        ["kind"] = SearchColumn.Text("r.kind"),
        ["user_id"] = SearchColumn.Text("r.owner"),
        ["artifact_uri"] = SearchColumn.Text(RunHome),
        ["experiment_id"] = SearchColumn.Text("r.experiment_id"),
        ["start_time"] = SearchColumn.Time("r.started_at", isNullable: true),
        ["end_time"] = SearchColumn.Time("r.ended_at", isNullable: true),
        ["created"] = SearchColumn.Time("r.created_at"),
    })
    {
        Parameters = ("run_parameters", "run_no"),
        HasMetrics = true,
    };

    public static SearchShape Experiments { get; } = new("experiments", "r.id", TagOwnerKind.Experiment, "r.id", new Dictionary<string, SearchColumn>
    {
        ["experiment_id"] = SearchColumn.Text("r.id"),
        ["name"] = SearchColumn.Text("r.name"),
        ["creation_time"] = SearchColumn.Time("r.created_at"),
        ["last_update_time"] = SearchColumn.Time("r.updated_at"),
    });

    public static SearchShape RegisteredModels { get; } = new("registered_models", "r.name", TagOwnerKind.RegisteredModel, "r.name", new Dictionary<string, SearchColumn>
    {
        ["name"] = SearchColumn.Text("r.name"),
        ["creation_timestamp"] = SearchColumn.Time("r.created_at"),
        ["last_updated_timestamp"] = SearchColumn.Time("r.updated_at"),
    });

    public static SearchShape ModelVersions { get; } = new("model_versions", "(r.name || '/' || r.version)", TagOwnerKind.ModelVersion, "(r.name || '/' || r.version)", new Dictionary<string, SearchColumn>
    {
        ["name"] = SearchColumn.Text("r.name"),
        ["version_number"] = new("r.version", SearchType.Integer),
        ["run_id"] = SearchColumn.Text("r.run_id"),
        ["source_path"] = SearchColumn.Text("r.source"),
        ["current_stage"] = SearchColumn.Text("r.stage"),
        ["creation_timestamp"] = SearchColumn.Time("r.created_at"),
        ["last_updated_timestamp"] = SearchColumn.Time("r.updated_at"),
    });

    public static SearchShape LoggedModels { get; } = new("logged_models", "r.id", TagOwnerKind.LoggedModel, "r.id", new Dictionary<string, SearchColumn>
    {
        ["model_id"] = SearchColumn.Text("r.id"),
        ["name"] = SearchColumn.Text("r.name"),
        ["model_type"] = SearchColumn.Text("r.model_type"),
        ["status"] = SearchColumn.Text("r.status"),
        ["source_run_id"] = SearchColumn.Text("r.source_run_id"),
        ["creation_timestamp"] = SearchColumn.Time("r.created_at"),
        ["last_updated_timestamp"] = SearchColumn.Time("r.updated_at"),
    })
    {
        Parameters = ("logged_model_parameters", "model_no"),
        HasModelMetrics = true,
    };
}
