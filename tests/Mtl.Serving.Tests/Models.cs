using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Runtime;

namespace Mtl.Serving.Tests;

/// <summary>A model that gives back what it is given, so that an answer shows whose it is: <c>doubled = 2·age</c>, <c>both = [age, -age]</c>, <c>home = city</c>.</summary>
internal static class Models
{
    public static ModelSignature Signature { get; } = new(
        [new ModelInput("age", InputKind.Numeric), new ModelInput("city", InputKind.Categorical) { Categories = ["Bonn", "Kiel"] }],
        [new ModelOutput("doubled", "age", TaskKind.Regression, [])]);

    public static byte[] Echo(string? signature)
    {
        var age = Node.Input("age", ElementType.Float, ["batch", 1]);
        var city = Node.Input("city", ElementType.String, ["batch", 1]);
        return OnnxModel.Write(ComputationGraph.Of(
            [("doubled", age + age), ("both", new[] { age, -age }.Concat(axis: 1)), ("home", city.Identity())],
            [age, city],
            metadata: signature is null ? null : new Dictionary<string, string> { [ModelSignature.MetadataKey] = signature }));
    }

    public static ServedModel Serve(ServingOptions? options = null) => ServedModel.Load(Echo(DefinitionJson.Write(Signature)), "echo/1", options ?? new ServingOptions()).Value;

    public static Dictionary<string, Tensor> People(params (float Age, string City)[] rows) => new()
    {
        ["age"] = Tensor.Column(Array.ConvertAll(rows, row => row.Age)),
        ["city"] = Tensor.Column(Array.ConvertAll(rows, row => row.City)),
    };
}
