using System.Text.Json;
using Mtl.Core;
using Mtl.Grains.Contracts;

namespace Mtl.Api.Inference;

/// <summary>
/// A <c>$inference_request</c>, read. Here it is held against the protocol; whether the model has such inputs and outputs, and enough of them, the model itself says.
/// Members that the protocol does not name and parameters are passed over, as it asks.
/// </summary>
/// <param name="Id">Given back with the answer.</param>
/// <param name="Outputs">Names; none for all.</param>
internal sealed record InferenceCall(string? Id, IReadOnlyList<NamedColumn> Inputs, IReadOnlyList<string> Outputs)
{
    public static Result<InferenceCall> Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return Error.Invalid($"The request is {JsonText.Noun(body)}; it must be an object with inputs.");

        string? id = null;
        if (body.TryGetProperty("id", out var given))
        {
            if (given.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return Error.Invalid($"id is {JsonText.Noun(given)}; it must be a text.");
            id = given.GetString();
        }

        return Items(body, "inputs", isRequired: true, RequestTensor.Read).Then(inputs =>
            Items(body, "outputs", isRequired: false, JsonText.Name).Then(outputs =>
            (Twice("inputs", inputs.Select(input => input.Name)) ?? Twice("outputs", outputs)) is { } error
                ? error
                : Result.Of(new InferenceCall(id, inputs, outputs))));
    }

    private static Result<IReadOnlyList<T>> Items<T>(JsonElement body, string member, bool isRequired, Func<JsonElement, string, Result<T>> read)
    {
        if (!body.TryGetProperty(member, out var list) || (list.ValueKind == JsonValueKind.Null && !isRequired))
            return isRequired ? Error.Invalid($"{member} is not given; it must be a list of tensors.") : Array.Empty<T>();
        if (list.ValueKind != JsonValueKind.Array)
            return Error.Invalid($"{member} is {JsonText.Noun(list)}; it must be a list of tensors.");

        var items = new List<T>();
        foreach (var item in list.EnumerateArray())
        {
            var field = $"{member}[{items.Count}]";
            var one = item.ValueKind == JsonValueKind.Object ? read(item, field) : Error.Invalid($"{field} is {JsonText.Noun(item)}; it must be an object with a name.");
            if (!one.IsSuccess)
                return one.Error;
            items.Add(one.Value);
        }

        return isRequired && items.Count == 0 ? Error.Invalid($"{member} is empty; give a tensor for every input of the model.") : items;
    }

    private static Error? Twice(string member, IEnumerable<string> names) =>
        names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice ? Error.Invalid($"{member} names '{twice.Key}' {twice.Count()} times; once is enough.") : null;
}
