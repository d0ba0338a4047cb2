using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Mtl.Benchmarks.Train;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Training;
using Mtl.Learning.Weightings;

namespace Mtl.Benchmarks.Methods;

/// <summary>One method on one problem from one seed.</summary>
internal sealed record RunCase(Problem Problem, MethodCase Method, int Seed)
{
    /// <summary>Training that takes more processor time is given up, and with it the method on this problem.</summary>
    public const int MostSeconds = 40;

    /// <summary>The reason of such a run.</summary>
    public static readonly string OverTime = $"over {MostSeconds} s";

    /// <summary>Graphs that are larger would take longer to load than to train.</summary>
    private const int MostOperators = 60_000;

    private static readonly ConcurrentDictionary<(string Problem, int Seed), Lazy<Table?>> Tables = new();

    public JsonObject Definition
    {
        get
        {
            var definition = Problem.Definition.DeepClone().AsObject();
            foreach (var (member, value) in Method.Settings)
                definition[member] = value?.DeepClone();
            if (definition["architecture"] is JsonValue key && Problem.Options[key.GetValue<string>()] is JsonObject options)
                definition["architecture"] = new JsonObject([KeyValuePair.Create("key", (JsonNode?)key.DeepClone()), .. options.DeepClone().AsObject().Select(option => KeyValuePair.Create(option.Key, option.Value?.DeepClone()))]);
            if (definition.ContainsKey("learner") && Problem.ClassicalInputs is { } inputs)
            {
                definition["inputs"] = inputs.DeepClone();
                definition.Remove("encoder");
            }

            definition["training"]!["seed"] = Seed;
            return definition;
        }
    }

    public Outcome Run()
    {
        var table = Tables.GetOrAdd((Problem.Name, Seed), key => new Lazy<Table?>(() => Problem.Table(key.Seed))).Value;
        if (table is null)
            return Outcome.Without("its data is not there");
        var planned = DefinitionJson.Read<ExperimentDefinition>(Definition.ToJsonString()).Then(definition => TrainingPlan.Create(definition, table, MethodCatalogue.Standard));
        if (!planned.IsSuccess)
            return Outcome.Without($"refused: {planned.Error.Message}");
        var plan = planned.Value;
        if (Method.Settings.ContainsKey("architecture") && Operators(plan) is > MostOperators and var operators)
            return Outcome.Without($"about {operators:N0} operators in a training step, of which at most {MostOperators:N0} are tried");

        using var stop = new CancellationTokenSource();
        var start = ThreadClock.Seconds;
        var trained = new Trainer(plan).Run(new Limit(stop, start + MostSeconds), null, stop.Token);
        return trained switch
        {
            TrainingOutcome.Completed { Result: var result } => new(
                Problem.Metrics.ToDictionary(metric => metric.Key, metric => result.Metrics.FirstOrDefault(value => value.Key == metric.Key, new(metric.Key, double.NaN)).Value), ThreadClock.Seconds - start, ""),
            TrainingOutcome.Stopped => Outcome.Without(OverTime),
            TrainingOutcome.Failed { Error: var error } => Outcome.Without(error.Message),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    /// <summary>
    /// An estimate of a training step's operators, from the forward pass alone: twice as many backward, and where a balancer wants the tasks' gradients, each task's by itself; where tasks have rows of their own, one
    /// backward pass in common and some operators for each of a task's tensors.
    /// </summary>
    private static long Operators(TrainingPlan plan)
    {
        var model = new BatchNodes(plan).BuildModel(training: true);
        var joint = 3L * Topology.Order(model.Outputs).Count;
        return (plan.MakeWeighting() is GradientBalancer, plan.Groups) switch
        {
            (false, _) => joint,
            (true, null) => 3L * model.Outputs.Sum(output => (long)Topology.Order([output]).Count),
            (true, _) => joint + (4L * plan.Tasks.Count * model.Parameters.Count(parameter => parameter.Task is null)),
        };
    }

    /// <summary>Stops training when its thread has run for long enough, and says nothing.</summary>
    private sealed class Limit(CancellationTokenSource stop, double until) : ITrainingListener
    {
        public void Started(TrainingFacts facts)
        {
        }

        public void Progress(TrainingPosition position)
        {
            if (ThreadClock.Seconds > until)
                stop.Cancel();
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
    }
}
