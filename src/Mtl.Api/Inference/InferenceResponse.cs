using Mtl.Application.Models;
using Mtl.Grains.Contracts;

namespace Mtl.Api.Inference;

/// <summary>The protocol's <c>$inference_response</c>.</summary>
internal sealed record InferenceResponse(string ModelName, string ModelVersion, string? Id, IReadOnlyList<ResponseTensor> Outputs)
{
    public static InferenceResponse Of(InferenceAnswer answer, string? id) => new(
        answer.Version.Name, ProtocolJson.Text(answer.Version.Version), id, [.. answer.Outputs.Select(ResponseTensor.Of)]);
}

/// <summary>The protocol's <c>$response_output</c>: the values by row, one after the other.</summary>
/// <param name="Data"><c>float[]</c> or <c>string[]</c>.</param>
internal sealed record ResponseTensor(string Name, string Datatype, IReadOnlyList<int> Shape, object Data)
{
    public static ResponseTensor Of(NamedColumn output) => output.Texts is { } texts
        ? new ResponseTensor(output.Name, Datatypes.Texts, [texts.Length / output.Width, output.Width], texts)
        : new ResponseTensor(output.Name, Datatypes.Numbers, [output.Numbers!.Length / output.Width, output.Width], output.Numbers);
}
