namespace Mtl.Tracking.Runs;

/// <summary>What a run carries besides its metrics.</summary>
public sealed record RunData(
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<DatasetInput> Datasets,
    IReadOnlyList<ModelLink> InputModels,
    IReadOnlyList<ModelLink> OutputModels);

/// <summary>A dataset that a run took in, as a client described it; all texts as given.</summary>
/// <param name="Tags">Such as <c>mlflow.data.context</c>: what it was used for.</param>
public sealed record DatasetInput(string Name, string Digest, string SourceType, string Source, string Schema, string Profile, IReadOnlyDictionary<string, string> Tags);

/// <summary>A logged model that a run read or wrote.</summary>
public sealed record ModelLink(string ModelId, long Step);
