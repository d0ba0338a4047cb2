using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tracking;

/// <summary>The models logged to a run, as the tag <see cref="RunTags.ModelHistory"/> keeps them: a JSON list of their descriptions.</summary>
internal static class ModelHistory
{
    /// <summary>What a model's description must have.</summary>
    private static readonly string[] Fields = ["artifact_path", "flavors", "utc_time_created", "run_id"];

    /// <summary>A member that is given twice would be found out only when the object is looked into.</summary>
    private static readonly JsonDocumentOptions Unambiguous = new() { AllowDuplicateProperties = false };

    /// <summary>A description as a client sends it: the JSON form of an <c>MLmodel</c>.</summary>
    public static Result<JsonObject> Read(string json)
    {
        if (Parse(json) is not JsonObject model)
            return Error.Invalid($"Malformed model info. {json[..Math.Min(json.Length, 200)]} is not a JSON object.", field: "model_json");
        return Array.Find(Fields, field => !model.ContainsKey(field)) is { } missing
            ? Error.Invalid($"Model json is missing mandatory fields: {missing}.", field: "model_json")
            : model;
    }

    /// <summary>The history with one more model; what a client has put in its place is replaced.</summary>
    public static string With(string history, JsonObject model)
    {
        var models = Parse(history) as JsonArray ?? [];
        models.Add(model.DeepClone());
        return models.ToJsonString();
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Unambiguous);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
