using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Training;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Training;

public class GradientAnalysisTests
{
    private static readonly TrainingPlan Plan = Sample.Plan();

    [Fact]
    public void Norms_cosines_and_conflicts_are_those_of_the_gradients()
    {
        float[] gradients = [3, 4, 0, 0, 2, 0, 0, -1, 0];

        Values(Of(gradients, [true, true, true])).ShouldBe(new Dictionary<string, double>
        {
            ["price/gradient_norm"] = 5,
            ["price~sold/gradient_cosine"] = 0.8,
            ["price~grade/gradient_cosine"] = -0.8,
            ["sold/gradient_norm"] = 2,
            ["sold~grade/gradient_cosine"] = -1,
            ["grade/gradient_norm"] = 1,
            ["all/gradient_cosine"] = Math.Round(-1 / 3.0, 12),
            ["all/conflict_rate"] = Math.Round(2 / 3.0, 12),
        }, ignoreOrder: true);
    }

    [Fact]
    public void An_absent_task_and_a_gradient_without_direction_make_no_pairs()
    {
        Values(Of([1, 0, 0, 9, 9, 9, -1, 0, 0], [true, false, true])).Keys
            .ShouldBe(["price/gradient_norm", "price~grade/gradient_cosine", "grade/gradient_norm", "all/gradient_cosine", "all/conflict_rate"]);
        Values(Of([1, 0, 0, 0, 0, 0, 0, 0, 0], [true, true, true])).ShouldBe(new Dictionary<string, double>
        {
            ["price/gradient_norm"] = 1, ["sold/gradient_norm"] = 0, ["grade/gradient_norm"] = 0,
        });
    }

    [Theory]
    [InlineData("ew", SharedGradients.Parameters)]
    [InlineData("pcgrad", SharedGradients.Parameters)]
    [InlineData("pcgrad", SharedGradients.Representation)]
    public void A_run_records_at_its_cadence_whatever_its_gradients_are(string weighting, SharedGradients gradients)
    {
        var reports = Run(weighting, gradients, every: 5);

        reports.Select(report => report.Step).ShouldBe([5, 10, 15, 20, 25]);
        reports.ShouldAllBe(report => report.Values.Any(value => value.Key == "price~sold/gradient_cosine") && report.Values.Any(value => value.Key == "all/conflict_rate"));
        reports.SelectMany(report => report.Values).ShouldAllBe(value => double.IsFinite(value.Value));
    }

    [Fact]
    public void Looking_at_gradients_changes_nothing_of_the_run_and_the_first_record_is_the_same_whatever_the_weighting()
    {
        Parameters(Definition("ew", SharedGradients.Parameters, every: 0)).ShouldBe(Parameters(Definition("ew", SharedGradients.Parameters, every: 1)));
        Run("ew", SharedGradients.Parameters, every: 1)[0].Values.ShouldBe(Run("pcgrad", SharedGradients.Parameters, every: 1)[0].Values);
        Run("pcgrad", SharedGradients.Representation, every: 1)[0].Values.ShouldBe(Run("pcgrad", SharedGradients.Parameters, every: 1)[0].Values);
    }

    [Fact]
    public void Nothing_is_recorded_where_nothing_is_asked_for_or_shared()
    {
        Run("ew", SharedGradients.Parameters, every: 0).ShouldBeEmpty();
        Reports(Definition("ew", SharedGradients.Parameters, every: 1) with { Architecture = new Choice("stl") }).ShouldBeEmpty();
    }

    [Fact]
    public void Passes_of_their_own_are_further_apart_with_more_tasks()
    {
        var definition = Definition("ew", SharedGradients.Parameters, every: 10);
        var many = TrainingPlan.Create(
            definition with { Tasks = [.. Enumerable.Range(0, 17).Select(i => definition.Tasks[0] with { Name = $"t{i}" })] }, Sample.Table(), Mtl.Learning.Catalogue.MethodCatalogue.Standard).Value;
        using var joint = new TrainingStep(many, 1, perTask: false);
        using var perTask = new TrainingStep(many, 1, perTask: true);

        GradientAnalysis.CadenceOf(many, joint).ShouldBe(30);
        GradientAnalysis.CadenceOf(many, perTask).ShouldBe(10);
    }

    [Fact]
    public void A_resumed_run_records_what_the_undisturbed_one_does()
    {
        var plan = Sample.Plan(_ => Definition("ew", SharedGradients.Parameters, every: 3));
        var undisturbed = new RecordingListener();
        new Trainer(plan).Run(undisturbed, null, default);
        using var stop = new CancellationTokenSource();
        var first = new RecordingListener(step => { if (step == 10) stop.Cancel(); });
        var stopped = (TrainingOutcome.Stopped)new Trainer(plan).Run(first, null, stop.Token);
        var second = new RecordingListener();

        new Trainer(plan).Run(second, stopped.Checkpoint, default);

        first.Bits.Concat(second.Bits).ShouldBe(undisturbed.Bits);
    }

    private static List<MetricValue> Of(float[] gradients, bool[] present) => new GradientAnalysis(Plan).Of(new GradientMatrix(gradients, 3, 3, 3), present);

    private static Dictionary<string, double> Values(List<MetricValue> values) => values.ToDictionary(value => value.Key, value => Math.Round(value.Value, 12));

    private static ExperimentDefinition Definition(string weighting, SharedGradients gradients, int every) =>
        (Sample.Definition with { Weighting = new Choice(weighting) }).With(training => training with { Gradients = gradients, AnalysisEvery = every });

    private static (long Step, int Epoch, IReadOnlyList<MetricValue> Values)[] Run(string weighting, SharedGradients gradients, int every) => Reports(Definition(weighting, gradients, every));

    private static (long Step, int Epoch, IReadOnlyList<MetricValue> Values)[] Reports(ExperimentDefinition definition)
    {
        var listener = new RecordingListener();
        new Trainer(Sample.Plan(_ => definition)).Run(listener, null, default).ShouldBeOfType<TrainingOutcome.Completed>();
        return [.. listener.Reports.Where(report => report.Values.Any(value => value.Key.EndsWith("/gradient_norm", StringComparison.Ordinal)))];
    }

    private static float[] Parameters(ExperimentDefinition definition) =>
        ((TrainingOutcome.Completed)new Trainer(Sample.Plan(_ => definition)).Run(new RecordingListener(), null, default)).Result.Parameters.ToArray();
}
