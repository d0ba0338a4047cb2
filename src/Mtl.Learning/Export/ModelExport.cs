using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Preprocessing;
using Mtl.Learning.Preprocessing.Tokenizers;
using Mtl.Learning.Training;

namespace Mtl.Learning.Export;

/// <summary>A trained model as one ONNX file: preprocessing, encoders, heads and the way back to the labels' own units.</summary>
public static class ModelExport
{
    /// <summary>
    /// Writes the model. Inputs: the raw columns ([batch, 1] each: float, NaN when missing; string, "" when missing). Outputs: <c>{task}</c>, float: [batch, 1] in the column's units (regression),
    /// [batch, 1] the positive label's probability (binary), [batch, labels] probabilities (multiclass, multilabel), [batch, 1] within its bounds (rating), [batch, features] (reconstruction),
    /// [batch, words, tags] probabilities, 0 beyond a text's end (tagging);
    /// for binary and multiclass also <c>{task}_label</c>, string [batch, 1], for tagging string [batch, words], "" beyond the end; what a loss describes beside the prediction as <c>{task}_std</c>, <c>{task}_quantiles</c>; a reconstruction's <c>{task}_error</c>.
    /// The <see cref="ModelSignature"/> is in the metadata, and each text's <see cref="TokenizerDescription"/>. The same plan and parameters give the same bytes.
    /// </summary>
    /// <param name="plan">What was trained.</param>
    /// <param name="parameters"><see cref="TrainingResult.Parameters"/>.</param>
    public static byte[] ToOnnx(TrainingPlan plan, ReadOnlyMemory<float> parameters)
    {
        var inputs = plan.Features.BuildGraph();
        var model = plan.BuildModel(inputs, training: false, isWhole: true);
        var layout = plan.BuildModel(plan.Features.PreprocessedInputs(), training: false).Layout;
        List<(string Name, Node Node)> outputs = [];
        foreach (var (task, output) in plan.Tasks.Zip(model.Outputs))
        {
            var prediction = task.Exported(output, inputs);
            outputs.Add((task.Name, prediction));
            outputs.AddRange(task.Extras(output, inputs));
            if (task.Target.Label(prediction) is { } label)
                outputs.Add((InputColumns.LabelOutput(task.Name), label));
        }

        var values = model.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
        {
            if (plan.Frozen?.GetValueOrDefault(parameter.Name) is { } frozen)
                return frozen;
            var slot = layout[parameter.Name];
            return TensorValue.Of(parameter.Node.Shape, parameters.Span.Slice(slot.Offset, slot.Length).ToArray());
        });
        var metadata = new Dictionary<string, string>
        {
            [ModelSignature.MetadataKey] = DefinitionJson.Write(plan.Signature),
            [InputMeanings.MetadataKey] = InputMeanings.Write(plan.Features),
        };
        foreach (var text in plan.Features.Columns.OfType<TokenizedColumn>())
            metadata.Add(TokenizerDescription.MetadataPrefix + text.Name, DefinitionJson.Write(text.DescribeTokenizer()));
        return OnnxModel.Write(ComputationGraph.Of(outputs, plan.Features.RawInputs, values, metadata));
    }
}
