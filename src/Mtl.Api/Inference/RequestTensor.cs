using System.Text.Json;
using Mtl.Core;
using Mtl.Grains.Contracts;

namespace Mtl.Api.Inference;

/// <summary>
/// Reads a <c>$inference_request_input</c>: one raw column, shape <c>[n, 1]</c>, its data a list of n values or of n lists of one value.
/// Missing are <c>null</c> and, for numbers, <c>"NaN"</c>; for texts, <c>""</c>.
/// </summary>
internal static class RequestTensor
{
    public static Result<NamedColumn> Read(JsonElement tensor, string field) =>
        JsonText.Name(tensor, field).Then(name =>
        JsonText.Member(tensor, field, "datatype").Then(datatype =>
        Rows(tensor, field, name).Then(rows =>
        Data(tensor, field, name, rows).Then(data =>
            datatype == Datatypes.Texts ? Values(data, field, Text).Map(texts => new NamedColumn(name, 1, null, texts))
            : Datatypes.IsWhole.TryGetValue(datatype, out var isWhole) ? Values(data, field, value => Number(value, isWhole, datatype)).Map(numbers => new NamedColumn(name, 1, numbers, null))
            : Error.Invalid($"{field}.datatype of '{name}' is '{datatype}'; {Datatypes.All} are taken.")))));

    private static Result<int> Rows(JsonElement tensor, string field, string name)
    {
        if (!tensor.TryGetProperty("shape", out var shape))
            return Error.Invalid($"{field}.shape of '{name}' is not given; it must be [n, 1].");
        return shape.ValueKind == JsonValueKind.Array
            && shape.GetArrayLength() == 2
            && shape[0].ValueKind == JsonValueKind.Number && shape[0].TryGetInt32(out var rows) && rows > 0
            && shape[1].ValueKind == JsonValueKind.Number && shape[1].TryGetInt32(out var width) && width == 1
                ? rows
                : Error.Invalid($"{field}.shape of '{name}' is {JsonText.Quote(shape)}; it must be [n, 1] with at least one row.");
    }

    private static Result<JsonElement> Data(JsonElement tensor, string field, string name, int rows)
    {
        if (!tensor.TryGetProperty("data", out var data))
            return Error.Invalid($"{field}.data of '{name}' is not given.");
        if (data.ValueKind != JsonValueKind.Array)
            return Error.Invalid($"{field}.data of '{name}' is {JsonText.Noun(data)}; it must be a list of values.");
        return data.GetArrayLength() == rows
            ? data
            : Error.Invalid($"{field}.data of '{name}' holds {data.GetArrayLength()} values; the shape [{rows}, 1] holds {rows}.");
    }

    private static Result<T[]> Values<T>(JsonElement data, string field, Func<JsonElement, Result<T>> read)
    {
        var values = new T[data.GetArrayLength()];
        var row = 0;
        foreach (var item in data.EnumerateArray())
        {
            var value = read(item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 1 ? item[0] : item);
            if (!value.IsSuccess)
                return value.Error with { Message = $"{field}.data[{row}] is {JsonText.Quote(item)}; {value.Error.Message}" };
            values[row++] = value.Value;
        }

        return values;
    }

    private static Result<string> Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => Error.Invalid("BYTES takes texts, and null or \"\" for a missing one."),
    };

    private static Result<float> Number(JsonElement value, bool isWhole, string datatype) => value.ValueKind switch
    {
        JsonValueKind.Null => float.NaN,
        JsonValueKind.String when value.ValueEquals("NaN") => float.NaN,
        JsonValueKind.Number when isWhole && !value.TryGetInt64(out _) => Error.Invalid($"{datatype} takes whole numbers."),
        JsonValueKind.Number => value.TryGetSingle(out var number) && float.IsFinite(number) ? number : Error.Invalid("that is beyond what float32, in which models compute, can hold."),
        _ => Error.Invalid($"{datatype} takes numbers, and null or \"NaN\" for a missing one."),
    };
}
