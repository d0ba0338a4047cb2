using System.Globalization;
using System.Text.Json.Nodes;
using Mtl.Application.Definitions;
using Mtl.Core;
using Mtl.Core.Definitions;

namespace Mtl.Cli.Definitions;

/// <summary>An experiment definition in YAML, with settings from the command line laid over it.</summary>
public static class DefinitionFile
{
    /// <summary>
    /// Reads <paramref name="path"/> and lays <paramref name="settings"/> (<c>training.epochs=5</c>, <c>tasks[0].name=x</c>) over it. A relative data path in the file is relative to the file,
    /// one in a setting to <paramref name="workingFolder"/>.
    /// </summary>
    public static Result<ExperimentDefinition> Read(string path, IReadOnlyList<string> settings, string workingFolder)
    {
        var full = Path.GetFullPath(path, workingFolder);
        if (!File.Exists(full))
            return Error.NotFound($"There is no file '{full}'.", "Give the path of an experiment definition, as in 'mtl run examples/adult.yaml'.");

        var parsed = DefinitionYaml.Parse(File.ReadAllText(full), path);
        if (!parsed.IsSuccess)
            return parsed.Error;
        if (parsed.Value is not JsonObject document)
            return DefinitionYaml.NoMapping(path);

        Anchor(document, Path.GetDirectoryName(full)!);
        foreach (var setting in settings)
            if (Apply(document, setting, workingFolder) is { } error)
                return error;
        return DefinitionJson.Read<ExperimentDefinition>(document.ToJsonString());
    }

    private static Error? Apply(JsonObject document, string setting, string workingFolder)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return Error.Invalid($"The setting '{setting}' is not of the form name=value.", "Write for example --set training.epochs=5.");

        var keys = setting[..equals].Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        var value = DefinitionYaml.Parse(setting[(equals + 1)..], setting);
        if (!value.IsSuccess)
            return value.Error;

        JsonNode place = document;
        foreach (var key in keys[..^1])
        {
            // A method written as its key alone ("optimizer: adam") becomes an object when one of its options is set.
            var next = Child(place, key);
            if (next is JsonValue method && place is JsonObject)
                next = Put(place, key, new JsonObject { ["key"] = method.DeepClone() });
            next ??= Put(place, key, new JsonObject());
            if (next is null)
                return Error.Invalid($"The setting '{setting}' names a place that the definition does not have.");
            place = next;
        }

        if (Put(place, keys[^1], value.Value) is null && value.Value is not null)
            return Error.Invalid($"The setting '{setting}' names a place that the definition does not have.");
        if (keys is ["data", "path"] or ["data", "tables", _, "path"])
            Anchor(document, workingFolder);
        return null;
    }

    private static JsonNode? Child(JsonNode place, string key) => place switch
    {
        JsonObject mapping => mapping[key],
        JsonArray list when Index(list, key) is { } index => list[index],
        _ => null,
    };

    private static JsonNode? Put(JsonNode place, string key, JsonNode? value)
    {
        switch (place)
        {
            case JsonObject mapping:
                mapping[key] = value;
                return value;
            case JsonArray list when Index(list, key) is { } index:
                list[index] = value;
                return value;
            default:
                return null;
        }
    }

    private static int? Index(JsonArray list, string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count ? index : null;

    private static void Anchor(JsonObject document, string folder)
    {
        if (document["data"] is not JsonObject data)
            return;
        JsonObject[] places = [data, .. (data["tables"] as JsonObject ?? []).Select(table => table.Value).OfType<JsonObject>()];
        foreach (var place in places)
            if (place["path"] is JsonValue value && value.TryGetValue(out string? path) && path.Length > 0)
                place["path"] = Path.GetFullPath(path, folder);
    }
}
