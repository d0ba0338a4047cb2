using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Encoders;
using Mtl.Learning.Export;
using Mtl.Learning.Losses;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Catalogue;

/// <summary>
/// Every method of the catalogue, found there by itself: trains, stops in the middle, goes on from the checkpoint bit for bit, exports, and predicts the same from the export. A method of a new
/// kind needs a problem here.
/// </summary>
public class EveryMethodTests
{
    public static TheoryData<MethodKind, string> Methods
    {
        get
        {
            var data = new TheoryData<MethodKind, string>();
            foreach (var method in MethodCatalogue.Standard.Methods.Where(method => method.Kind != MethodKind.Metric))
                data.Add(method.Kind, method.Key);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_trains_resumes_exports_and_predicts_the_same(MethodKind kind, string key)
    {
        var problem = ProblemFor(kind, key);
        var plan = TrainingPlan.Create(problem, problem.Inputs.Modalities.Count == 0 ? Sample.Table(120) : SensedTable(problem.Inputs.Modalities[0].Kind, withArea: kind == MethodKind.Fusion), MethodCatalogue.Standard).Value;
        var undisturbed = new RecordingListener();
        var expected = Completed(new Trainer(plan).Run(undisturbed, null, default));
        undisturbed.Bits.ShouldAllBe(value => double.IsFinite(BitConverter.Int64BitsToDouble(value.Bits)));

        // Some classical methods are done in one step.
        var stopAt = Math.Min(2, undisturbed.Positions[^1].Step);
        using var stop = new CancellationTokenSource();
        var first = new RecordingListener(step => { if (step == stopAt) stop.Cancel(); });
        var stopped = new Trainer(plan).Run(first, null, stop.Token).ShouldBeOfType<TrainingOutcome.Stopped>();
        using var file = new MemoryStream();
        stopped.Checkpoint.Write(file);
        file.Position = 0;
        var second = new RecordingListener();
        var resumed = Completed(new Trainer(plan).Run(second, Checkpoint.Read(file).Value, default));

        stopped.Checkpoint.Step.ShouldBe(stopAt);
        first.Bits.Concat(second.Bits).ShouldBe(undisturbed.Bits);
        resumed.Parameters.ToArray().ShouldBe(expected.Parameters.ToArray());
        var onnx = ModelExport.ToOnnx(plan, expected.Parameters);
        ModelExport.ToOnnx(plan, resumed.Parameters).ShouldBe(onnx);
        var parity = ParityCheck.Run(plan, expected.Parameters, onnx);
        parity.MaximumDifference.ShouldBeLessThanOrEqualTo(1e-5, parity.Task);
    }

    /// <summary>A small problem that has what the method needs.</summary>
    private static ExperimentDefinition ProblemFor(MethodKind kind, string key)
    {
        var sample = Sample.Definition.With(training => training with { Epochs = 2 });
        return kind switch
        {
            MethodKind.Architecture => sample with { Architecture = new Choice(key) },
            MethodKind.Encoder => Sensing(sample with { Encoder = new Choice(key) }, EncoderTable.Methods.Create(new Choice(key)).Value.Takes[0]),
            MethodKind.Tokenizer => Sensing(sample with { Encoder = new Choice("text-cnn") }, ModalityKind.Text, new Choice(key)),
            MethodKind.Fusion => Fusing(sample, new Choice(key)),
            MethodKind.Weighting => sample with { Weighting = new Choice(key) },
            MethodKind.Optimizer => (sample with { Optimizer = new Choice(key), Encoder = Steady }).With(training => training with { Epochs = 3 }),
            MethodKind.Learner => sample with
            {
                Learner = new Choice(key),
                Tasks = [sample.Tasks[0], new TaskDefinition("rooms", "rooms", TaskKind.Regression)],
                Inputs = new InputsDefinition { Include = ["area", "colour"] },
            },
            MethodKind.Loss => WithLoss(sample, key),
            MethodKind.Schedule => sample.With(training => training with { Schedule = new Choice(key) }),
            // Tasks with as many outputs, so that their weights can be compared.
            MethodKind.Regularizer => sample with { Regularizers = [new Choice(key)], Tasks = [.. sample.Tasks.Take(2)] },
            MethodKind.FeatureSpace => sample with { Learner = new Choice("ridge"), FeatureSpace = new Choice(key), Preprocessing = new PreprocessingDefinition() },
            _ => throw new NotSupportedException($"No problem is written here for methods of kind {kind}."),
        };
    }

    private static Choice Steady => Sample.Choice("mlp", ("widths", new JsonArray(16, 8)), ("dropout", 0));

    /// <summary>The sample's tasks, to be told from a text, an image or a series.</summary>
    private static ExperimentDefinition Sensing(ExperimentDefinition sample, ModalityKind kind, Choice? tokenizer = null) => kind == ModalityKind.Columns
        ? sample
        : sample with { Inputs = new InputsDefinition { Modalities = [new ModalityDefinition("sensed", kind, ["sensed*"]) { Tokenizer = tokenizer }] } };

    /// <summary>The sample's tasks, to be told from a text and a number together.</summary>
    private static ExperimentDefinition Fusing(ExperimentDefinition sample, Choice fusion) => sample with
    {
        Inputs = new InputsDefinition { Modalities = [new ModalityDefinition("sensed", ModalityKind.Text, ["sensed"]) { Encoder = new Choice("text-cnn") }], Fusion = fusion },
    };

    /// <summary>The sample's labels beside a text of four words, an image of 8 × 8, or a series of 24 moments that depend on them; beside these, for a fusion, the area.</summary>
    private static Table SensedTable(ModalityKind kind, bool withArea)
    {
        var sample = Sample.Table(120);
        var grades = sample["grade"];
        Column Numbers(int place)
        {
            var values = new float[sample.RowCount];
            new CounterRandom(3, "sensed").Fork((ulong)place).FillNormal(values);
            for (var row = 0; row < values.Length; row++)
                values[row] += grades.TextAt(row).Length * (place % 3);
            return new NumericColumn($"sensed{place}", values);
        }

        IEnumerable<Column> sensed = kind switch
        {
            ModalityKind.Text => [TextColumn.Of("sensed", Enumerable.Range(0, sample.RowCount).Select(row => $"a {grades.TextAt(row)} house, number {row % 7}"))],
            ModalityKind.Image => Enumerable.Range(0, 64).Select(Numbers),
            ModalityKind.Series => Enumerable.Range(0, 24).Select(Numbers),
            _ => throw new NotSupportedException($"No table is written here for inputs of kind {kind}."),
        };
        return new Table([.. sensed, .. withArea ? [sample["area"]] : Array.Empty<Column>(), sample["price"], sample["sold"], grades]);
    }

    /// <summary>Every task of a kind that the loss is for, with the loss.</summary>
    private static ExperimentDefinition WithLoss(ExperimentDefinition sample, string key)
    {
        var kinds = LossTable.Methods.Create(new Choice(key)).Value.Kinds;
        TaskDefinition[] tasks = [.. sample.Tasks.Where(task => kinds.Contains(task.Kind)).Select(task => task with { Loss = new Choice(key) })];
        tasks.ShouldNotBeEmpty($"No task here is of a kind that loss '{key}' is for.");
        return sample with { Tasks = tasks, Inputs = new InputsDefinition { Include = ["area", "rooms", "colour", "city"] } };
    }

    private static TrainingResult Completed(TrainingOutcome outcome) => outcome.ShouldBeOfType<TrainingOutcome.Completed>().Result;
}
