namespace Mtl.Application.Access;

/// <summary>What kind of thing a permission is asked for.</summary>
public enum ResourceKind
{
    /// <summary>The platform as a whole: read lists, edit (create things in it), manage (people, settings).</summary>
    Platform,
    Experiment,

    /// <summary>Decided by its experiment.</summary>
    Run,
    RegisteredModel,

    /// <summary>Decided by its experiment.</summary>
    LoggedModel,
    Dataset,

    /// <summary>What the server as a whole does, told with the names of things that not everyone may see (its metrics): for administrators.</summary>
    Operations,
}

/// <summary>What a permission is asked for.</summary>
public readonly record struct Resource(ResourceKind Kind, string Id)
{
    public static Resource Platform { get; } = new(ResourceKind.Platform, "");

    public static Resource Operations { get; } = new(ResourceKind.Operations, "");

    public static Resource Experiment(string id) => new(ResourceKind.Experiment, id);

    public static Resource Run(string id) => new(ResourceKind.Run, id);

    public static Resource RegisteredModel(string name) => new(ResourceKind.RegisteredModel, name);

    public static Resource LoggedModel(string id) => new(ResourceKind.LoggedModel, id);

    public static Resource Dataset(string id) => new(ResourceKind.Dataset, id);
}
