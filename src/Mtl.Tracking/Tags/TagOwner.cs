namespace Mtl.Tracking.Tags;

/// <summary>What kind of record carries a tag.</summary>
public enum TagOwnerKind
{
    Experiment,
    Run,
    RegisteredModel,
    ModelVersion,
    LoggedModel,
}

/// <summary>A record that carries tags.</summary>
/// <param name="Id">Its id; a registered model's name; a version's <c>name/version</c>.</param>
public readonly record struct TagOwner(TagOwnerKind Kind, string Id)
{
    public static TagOwner Experiment(string id) => new(TagOwnerKind.Experiment, id);

    public static TagOwner Run(string id) => new(TagOwnerKind.Run, id);

    public static TagOwner RegisteredModel(string name) => new(TagOwnerKind.RegisteredModel, name);

    public static TagOwner ModelVersion(string name, int version) => new(TagOwnerKind.ModelVersion, $"{name}/{version}");

    public static TagOwner LoggedModel(string id) => new(TagOwnerKind.LoggedModel, id);
}
