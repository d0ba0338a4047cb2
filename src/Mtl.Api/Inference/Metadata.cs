using Mtl.Application.Models;

namespace Mtl.Api.Inference;

/// <summary>The protocol's <c>$metadata_server_response</c>.</summary>
internal sealed record ServerMetadata(string Name, string Version, IReadOnlyList<string> Extensions)
{
    public static ServerMetadata Own { get; } = new("MtlPlatform", typeof(ServerMetadata).Assembly.GetName().Version!.ToString(3), []);
}

/// <summary>The protocol's <c>$live_server_response</c>.</summary>
internal sealed record ServerLive(bool Live);

/// <summary>The protocol's <c>$ready_server_response</c>, whose member the specification calls <c>live</c> and KServe's own server <c>ready</c>: both are sent.</summary>
internal sealed record ServerReady(bool Live, bool Ready);

/// <summary>The protocol's <c>$ready_model_response</c>.</summary>
internal sealed record ModelReady(string Name, bool Ready);

/// <summary>An entry of Triton's <c>$repository_index_response</c>. Models are loaded when they are first asked, so every registered one is ready.</summary>
internal sealed record IndexEntry(string Name, string Version, string State, string Reason);

/// <summary>The protocol's <c>$metadata_model_response</c>.</summary>
internal sealed record ModelMetadata(string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs)
{
    public static ModelMetadata Of(ModelTensors model) => new(
        model.Version.Name,
        [.. model.Versions.Select(ProtocolJson.Text)],
        "onnxruntime_onnx",
        [.. model.Inputs.Select(TensorMetadata.Of)],
        [.. model.Outputs.Select(TensorMetadata.Of)]);
}

/// <summary>The protocol's <c>$metadata_tensor</c>; −1 is the number of rows, which is free.</summary>
internal sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<int> Shape)
{
    public static TensorMetadata Of(TensorDescription tensor) => new(tensor.Name, tensor.HoldsTexts ? Datatypes.Texts : Datatypes.Numbers, [-1, tensor.Width]);
}
