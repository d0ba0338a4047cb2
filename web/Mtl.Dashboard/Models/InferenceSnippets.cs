using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mtl.Dashboard.Models;

/// <summary>The form's row as a request of the Open Inference Protocol, ready to paste.</summary>
public static class InferenceSnippets
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Address(string baseUri, string model, string version) =>
        $"{baseUri.TrimEnd('/')}/v2/models/{Uri.EscapeDataString(model)}/versions/{Uri.EscapeDataString(version)}/infer";

    public static string Curl(string address, PredictionForm form) =>
        $"curl -s {address} \\\n  -H 'Content-Type: application/json' \\\n  -d '{Body(form).Replace("'", "'\\''", StringComparison.Ordinal)}'";

    public static string Python(string address, PredictionForm form)
    {
        var text = new StringBuilder("import json, urllib.request\n\nrow = {\n");
        foreach (var field in form.Fields)
            text.Append("    ").Append(PythonText(field.Input.Name)).Append(": ").Append(PythonValue(field)).Append(",\n");
        return text.Append(
            $$"""
            }
            inputs = [
                {"name": name, "shape": [1, 1], "datatype": datatype, "data": [value]}
                for name, (datatype, value) in row.items()
            ]
            request = urllib.request.Request(
                "{{address}}",
                json.dumps({"inputs": inputs}).encode(),
                {"Content-Type": "application/json"},
            )
            for output in json.load(urllib.request.urlopen(request))["outputs"]:
                print(output["name"], output["data"])

            """.ReplaceLineEndings("\n")).ToString();
    }

    /// <summary>One tensor of shape [1, 1] per input; a missing number is null, a missing text is empty.</summary>
    private static string Body(PredictionForm form)
    {
        var inputs = form.Fields.Select(field => (JsonNode)new JsonObject
        {
            ["name"] = field.Input.Name,
            ["shape"] = new JsonArray(1, 1),
            ["datatype"] = field.IsNumeric ? "FP32" : "BYTES",
            ["data"] = new JsonArray(field.IsNumeric ? field.Number is { } number ? JsonValue.Create(number) : null : JsonValue.Create(field.Value ?? "")),
        });
        var lines = inputs.Select(input => "    " + input.ToJsonString(new JsonSerializerOptions(Readable) { WriteIndented = false }));
        return $"{{\n  \"inputs\": [\n{string.Join(",\n", lines)}\n  ]\n}}";
    }

    private static string PythonValue(PredictionField field) => field.IsNumeric
        ? $"(\"FP32\", {(field.Number is { } number ? Formats.Field(number) : "None")})"
        : $"(\"BYTES\", {PythonText(field.Value ?? "")})";

    private static string PythonText(string text) => JsonSerializer.Serialize(text, Readable);
}
