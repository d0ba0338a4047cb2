using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;

namespace Mtl.Learning.Export;

/// <summary>
/// An exported model as MLflow keeps an ONNX model (mlflow/onnx/__init__.py, <c>save_model</c>): <c>MLmodel</c> with the flavours <c>onnx</c> and <c>python_function</c> and the signature, the file itself
/// as <c>model.onnx</c>, and what an environment needs. <c>mlflow.onnx.load_model</c> and <c>mlflow.pyfunc.load_model</c> read it.
/// </summary>
public static class MlflowLayout
{
    /// <summary>The model's file in the folder.</summary>
    public const string Data = "model.onnx";

    private const string MlflowVersion = "2.22.0";
    private const string PythonVersion = "3.10.12";

    /// <summary>The opset and IR version of exports are read by these and later ones.</summary>
    private static readonly string[] Requirements = ["mlflow>=2.0", "onnx>=1.12", "onnxruntime>=1.12", "numpy<3", "pandas<3"];

    /// <summary>The files beside <see cref="Data"/>, by their paths in the folder.</summary>
    /// <param name="signature">What the model takes and gives.</param>
    /// <param name="bytes">Length of the <c>.onnx</c> file.</param>
    /// <param name="runId">The run that trained it.</param>
    /// <param name="createdAt">When it was exported.</param>
    public static IReadOnlyDictionary<string, byte[]> FilesOf(ModelSignature signature, long bytes, string runId, DateTimeOffset createdAt) => new Dictionary<string, byte[]>
    {
        ["MLmodel"] = Text($"""
            artifact_path: model
            flavors:
              onnx:
                code: null
                data: {Data}
                onnx_version: 1.12.0
                providers:
                - CPUExecutionProvider
              python_function:
                data: {Data}
                env:
                  conda: conda.yaml
                  virtualenv: python_env.yaml
                loader_module: mlflow.onnx
                python_version: {PythonVersion}
            mlflow_version: {MlflowVersion}
            model_size_bytes: {bytes.ToString(CultureInfo.InvariantCulture)}
            model_uuid: {runId}
            run_id: {runId}
            signature:
              inputs: {Quoted(Inputs(signature))}
              outputs: {Quoted(Outputs(signature))}
              params: null
            utc_time_created: '{createdAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'

            """),
        ["requirements.txt"] = Text(string.Join('\n', Requirements) + "\n"),
        ["conda.yaml"] = Text($"""
            channels:
            - conda-forge
            dependencies:
            - python={PythonVersion}
            - pip
            - pip:
            {string.Join('\n', Requirements.Select(requirement => $"  - {requirement}"))}
            name: mlflow-env

            """),
        ["python_env.yaml"] = Text($"""
            python: {PythonVersion}
            build_dependencies:
            - pip
            - setuptools
            - wheel
            dependencies:
            - -r requirements.txt

            """),
    };

    private static JsonArray Inputs(ModelSignature signature) =>
        [.. signature.Inputs.Select(input => Tensor(input.Name, input.Kind == InputKind.Numeric, -1, 1))];

    /// <summary>Each task's tensor, with its labels and what else it has.</summary>
    private static JsonArray Outputs(ModelSignature signature) => [.. signature.Outputs.SelectMany(TensorsOf)];

    private static IEnumerable<JsonNode> TensorsOf(ModelOutput output)
    {
        yield return output.Kind == TaskKind.Tagging ? Tensor(output.Task, isNumber: true, -1, WordsOf(output), output.Labels.Count) : Tensor(output.Task, isNumber: true, -1, WidthOf(output));
        if (output.Kind is TaskKind.Binary or TaskKind.Multiclass)
            yield return Tensor($"{output.Task}_label", isNumber: false, -1, 1);
        if (output.Kind == TaskKind.Tagging)
            yield return Tensor($"{output.Task}_label", isNumber: false, -1, WordsOf(output));
        foreach (var extra in output.Extras)
            yield return Tensor(extra.Name, isNumber: true, -1, extra.Width);
    }

    private static int WordsOf(ModelOutput output) => output.Width / output.Labels.Count;

    private static int WidthOf(ModelOutput output) => output.Width > 0 ? output.Width : output.Kind is TaskKind.Multiclass or TaskKind.Multilabel ? output.Labels.Count : 1;

    private static JsonObject Tensor(string name, bool isNumber, params int[] shape) => new()
    {
        ["name"] = name,
        ["type"] = "tensor",
        ["tensor-spec"] = new JsonObject { ["dtype"] = isNumber ? "float32" : "object", ["shape"] = new JsonArray([.. shape.Select(length => JsonValue.Create(length))]) },
    };

    /// <summary>As one scalar of YAML.</summary>
    private static string Quoted(JsonArray json) => $"'{json.ToJsonString().Replace("'", "''", StringComparison.Ordinal)}'";

    private static byte[] Text(string content) => Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\n"));
}
