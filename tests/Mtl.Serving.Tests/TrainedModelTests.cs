using System.Globalization;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Data.Reading;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Export;
using Mtl.Learning.Training;
using Mtl.Runtime;

namespace Mtl.Serving.Tests;

/// <summary>A model of the platform's own: trained, exported, served.</summary>
public sealed class TrainedModelTests(TrainedModelTests.Trained trained) : IClassFixture<TrainedModelTests.Trained>
{
    private static readonly string[] Outputs = ["price", "sold", "sold_label", "region", "region_label"];

    [Fact]
    public async Task The_signature_comes_from_the_file()
    {
        await using var model = Serve();

        model.Signature.Inputs.Select(input => (input.Name, input.Kind)).ShouldBe([("size", InputKind.Numeric), ("style", InputKind.Categorical)]);
        model.Signature.Outputs.Select(output => (output.Task, output.Kind)).ShouldBe([("price", TaskKind.Regression), ("sold", TaskKind.Binary), ("region", TaskKind.Multiclass)]);
        model.Outputs.ShouldBe(Outputs);
    }

    [Fact]
    public async Task Rows_joined_with_others_give_what_they_give_alone()
    {
        const int Requests = 40;
        await using var model = Serve();
        var rows = Enumerable.Range(0, Requests).Select(RawRow).ToArray();
        var alone = new IReadOnlyDictionary<string, Tensor>[Requests];
        for (var row = 0; row < Requests; row++)
            alone[row] = (await model.InferAsync(rows[row], Outputs)).Value;

        using var clock = new HeldClock();
        await using var shared = Serve(new ServingOptions { Time = clock });
        var held = shared.InferAsync(rows[0], Outputs);
        clock.AwaitReader();
        var waiting = rows.Select(row => shared.InferAsync(row, Outputs)).ToArray();
        clock.Release();
        await held;
        var together = await Task.WhenAll(waiting);

        shared.Statistics.Runs.ShouldBe(2);
        for (var row = 0; row < Requests; row++)
        {
            foreach (var output in Outputs)
            {
                if (alone[row][output] is Tensor<string> labels)
                {
                    together[row].Value[output].Values<string>().ShouldBe(labels.Items);
                    continue;
                }

                var expected = alone[row][output].Values<float>();
                var actual = together[row].Value[output].Values<float>();
                for (var index = 0; index < expected.Length; index++)
                    actual[index].ShouldBe(expected[index], tolerance: 1e-6 * Math.Max(1, Math.Abs(expected[index])));
            }
        }
    }

    [Fact]
    public async Task Probabilities_add_up_and_the_label_is_the_most_probable_one_missing_and_unknown_values_included()
    {
        await using var model = Serve();
        var signature = model.Signature.Outputs.ToDictionary(output => output.Task);
        var answer = (await model.InferAsync(
            new Dictionary<string, Tensor> { ["size"] = Tensor.Column([50f, float.NaN, 1e9f]), ["style"] = Tensor.Column(["old", "", "never seen"]) }, Outputs)).Value;

        for (var row = 0; row < 3; row++)
        {
            var regions = answer["region"].Values<float>().AsSpan(row * 3, 3).ToArray();
            regions.Sum().ShouldBe(1, 1e-5);
            answer["region_label"].Values<string>()[row].ShouldBe(signature["region"].Labels[Array.IndexOf(regions, regions.Max())]);
            var sold = answer["sold"].Values<float>()[row];
            sold.ShouldBeInRange(0, 1);
            answer["sold_label"].Values<string>()[row].ShouldBe(signature["sold"].Labels[sold >= 0.5f ? 1 : 0]);
            float.IsFinite(answer["price"].Values<float>()[row]).ShouldBeTrue();
        }
    }

    private ServedModel Serve(ServingOptions? options = null) => ServedModel.Load(trained.Onnx, "houses/1", options ?? new ServingOptions()).Value;

    /// <summary>Every tenth size is missing, every seventh style too, and every eleventh is unknown.</summary>
    private static Dictionary<string, Tensor> RawRow(int row) => new()
    {
        ["size"] = Tensor.Column([row % 10 == 9 ? float.NaN : 30 + (3.7f * row)]),
        ["style"] = Tensor.Column([row % 7 == 6 ? "" : row % 11 == 10 ? "never seen" : row % 2 == 0 ? "old" : "new"]),
    };

    /// <summary>A small multi-task model, trained once.</summary>
    public sealed class Trained : ITrainingListener
    {
        public Trained()
        {
            var file = Path.GetTempFileName();
            try
            {
                File.WriteAllLines(file, ["size,style,price,sold,region", .. Enumerable.Range(0, 240).Select(Line)]);
                var definition = new ExperimentDefinition(
                    "houses",
                    new DataDefinition { Path = file },
                    [new TaskDefinition("price", "price", TaskKind.Regression), new TaskDefinition("sold", "sold", TaskKind.Binary), new TaskDefinition("region", "region", TaskKind.Multiclass)])
                {
                    Training = new TrainingDefinition { Epochs = 3, BatchSize = 32 },
                };
                var plan = TrainingPlan.Create(definition, TableReader.Read(file).Value, MethodCatalogue.Standard).Value;
                Onnx = ModelExport.ToOnnx(plan, new Trainer(plan).Run(this, resumeFrom: null, CancellationToken.None).ShouldBeOfType<TrainingOutcome.Completed>().Result.Parameters);
            }
            finally
            {
                File.Delete(file);
            }
        }

        public byte[] Onnx { get; }

        public void Started(TrainingFacts facts)
        {
        }

        public void Progress(TrainingPosition position)
        {
        }

        public void Metrics(long step, int epoch, IReadOnlyList<MetricValue> values)
        {
        }

        public void Log(TrainingLogLevel level, string message)
        {
        }

        public void Checkpoint(Checkpoint checkpoint)
        {
        }

        private static string Line(int row)
        {
            var size = 30 + ((row * 37) % 120);
            string[] regions = ["north", "south", "west"];
            return string.Create(CultureInfo.InvariantCulture, $"{size},{(row % 3 == 0 ? "old" : "new")},{(size * 2.5) + (row % 5)},{(size > 90 ? "yes" : "no")},{regions[(size + row) % 3]}");
        }
    }
}
