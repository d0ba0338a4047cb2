namespace Mtl.Tracking.Search;

/// <summary>
/// What MLflow's grammar allows for one kind of record: its attributes, and which other fields it has. The tables follow MLflow's <c>SearchUtils</c> and its heirs.
/// </summary>
public sealed class SearchSubject
{
    private SearchSubject(IReadOnlyList<SearchField> fields, params SearchAttribute[] attributes)
    {
        Fields = fields;
        Attributes = attributes;
    }

    /// <summary>Keyed fields that a filter may look at; attributes always are.</summary>
    public IReadOnlyList<SearchField> Fields { get; }

    public IReadOnlyList<SearchAttribute> Attributes { get; }

    public static SearchSubject Runs { get; } = new(
        [SearchField.Metric, SearchField.Parameter, SearchField.Tag, SearchField.Dataset],
        new SearchAttribute("run_id") { TakesLists = true },
        new SearchAttribute("run_name") { Aliases = ["run name", "Run name", "Run Name"] },
        new SearchAttribute("status") { Words = ProtocolStatus.ToStored },
        new SearchAttribute("user_id"),
        new SearchAttribute("artifact_uri") { IsOrder = false },
        new SearchAttribute("experiment_id") { IsFilter = false },
        new SearchAttribute("start_time", IsNumber: true) { Aliases = ["created", "Created"] },
        new SearchAttribute("end_time", IsNumber: true));

    public static SearchSubject Experiments { get; } = new(
        [SearchField.Tag],
        new SearchAttribute("name"),
        new SearchAttribute("experiment_id") { IsFilter = false },
        new SearchAttribute("creation_time", IsNumber: true),
        new SearchAttribute("last_update_time", IsNumber: true));

    public static SearchSubject RegisteredModels { get; } = new(
        [SearchField.Tag],
        new SearchAttribute("name"),
        new SearchAttribute("creation_timestamp", IsNumber: true),
        new SearchAttribute("last_updated_timestamp", IsNumber: true) { Aliases = ["timestamp"] });

    public static SearchSubject ModelVersions { get; } = new(
        [SearchField.Tag],
        new SearchAttribute("name"),
        new SearchAttribute("version_number", IsNumber: true),
        new SearchAttribute("run_id") { TakesLists = true },
        new SearchAttribute("source_path"),
        new SearchAttribute("creation_timestamp", IsNumber: true),
        new SearchAttribute("last_updated_timestamp", IsNumber: true));

    public static SearchSubject LoggedModels { get; } = new(
        [SearchField.Metric, SearchField.Parameter, SearchField.Tag],
        new SearchAttribute("name"),
        new SearchAttribute("model_id") { TakesLists = true },
        new SearchAttribute("model_type"),
        new SearchAttribute("status") { Words = ProtocolStatus.ToLoggedModel },
        new SearchAttribute("source_run_id") { TakesLists = true },
        new SearchAttribute("creation_timestamp", IsNumber: true) { Aliases = ["creation_time"] },
        new SearchAttribute("last_updated_timestamp", IsNumber: true) { Aliases = ["last_updated_time"] });

    /// <summary>The attribute of that name or alias; null when there is none.</summary>
    internal SearchAttribute? Find(string name) => Attributes.FirstOrDefault(attribute => attribute.Key == name || attribute.Aliases.Contains(name));
}
