using System.Globalization;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Regularizers;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Catalogue;

/// <summary>
/// Which methods and options do not go together, as far as a definition alone tells: a table of rules, each giving the complaint with what would work instead, or null when all is well.
/// They are of what a network is trained with; a classical learner has nothing to do with it. What only the data and the model made for it tell is <c>PlanRules</c>' part.
/// </summary>
internal static class CombinationRules
{
    private const string AnotherOptimizer = "or take an optimizer that steps batch by batch, such as adam.";

    private static readonly Func<Combination, Error?>[] Rules =
    [
        c => c.IsFullBatch && c.Weighting is GradientBalancer
            ? Error.Invalid(
                $"Optimizer '{c.OptimizerKey}' descends one loss over all training rows, but weighting '{c.WeightingKey}' combines the tasks' gradients of a batch.",
                $"Take a weighting of losses, such as ew or static, {AnotherOptimizer}",
                "weighting")
            : null,
        c => c.IsFullBatch && c.Weighting is LossDependentWeighting
            ? Error.Invalid(
                $"Optimizer '{c.OptimizerKey}' descends one loss over all training rows, but weighting '{c.WeightingKey}' makes its weights of a batch's losses.",
                $"Take another weighting of losses, such as ew or static, {AnotherOptimizer}",
                "weighting")
            : null,
        c => c.SearchesLines && c.Weighting is not (EqualWeighting or StaticWeighting or GradientBalancer)
            ? Error.Invalid(
                $"Optimizer '{c.OptimizerKey}' compares one objective between steps, but weighting '{c.WeightingKey}' changes it from step to step.",
                $"Take weighting ew or static, {AnotherOptimizer}",
                "weighting")
            : null,
        c => c.SearchesLines && c.StepLengthOption is { } option
            ? Error.Invalid(
                $"Optimizer '{c.OptimizerKey}' finds the length of each step by a line search, so {option.Field} can't be {option.Value}.",
                $"Leave {option.Field} out, {AnotherOptimizer}",
                option.Field)
            : null,
        c => c.SearchesLines && c.Regularizers.Index().FirstOrDefault(entry => !entry.Item.IsSmooth) is { Item: not null } entry
            ? Error.Invalid(
                $"Optimizer '{c.OptimizerKey}' needs a smooth objective, but regularizer '{c.Definition.Regularizers[entry.Index].Key}' has kinks.",
                $"Take regularizer l2, mean or laplacian, optimizer gd (proximal gradient descent), {AnotherOptimizer}",
                $"regularizers[{entry.Index}]")
            : null,
    ];

    /// <summary>What is wrong with a completed definition first; null when nothing is.</summary>
    public static Error? Broken(ExperimentDefinition definition)
    {
        if (!definition.IsNetwork())
            return null;
        var combination = Combination.Of(definition);
        return combination.IsSuccess ? Rules.Select(rule => rule(combination.Value)).FirstOrDefault(error => error is not null) : combination.Error;
    }

    /// <summary>A definition with the parts that its choices make.</summary>
    private sealed record Combination(ExperimentDefinition Definition, IOptimizer Optimizer, Weighting Weighting, IReadOnlyList<Regularizer> Regularizers)
    {
        public string OptimizerKey => Definition.Optimizer.Key;

        public string WeightingKey => Definition.Weighting.Key;

        public bool IsFullBatch => Optimizer is IFullBatchOptimizer;

        public bool SearchesLines => Optimizer is LBfgs;

        /// <summary>The first training option that would change a step's length.</summary>
        public (string Field, string Value)? StepLengthOption => Definition.Training switch
        {
            { Schedule.Key: not "constant" and var key } => ("training.schedule", $"'{key}'"),
            { WarmupSteps: > 0 and var steps } => ("training.warmupSteps", steps.ToString(CultureInfo.InvariantCulture)),
            { ClipNorm: > 0 and var norm } => ("training.clipNorm", norm.ToString(CultureInfo.InvariantCulture)),
            { ClipValue: > 0 and var value } => ("training.clipValue", value.ToString(CultureInfo.InvariantCulture)),
            _ => null,
        };

        public static Result<Combination> Of(ExperimentDefinition definition)
        {
            string[] tasks = [.. definition.Tasks.Select(task => task.Name)];
            // How many tasks a template makes, the data tell: what depends on their number is checked with the plan.
            var isCounted = definition.Tasks.All(task => task.By.Length == 0 || task.Value.Length > 0);
            Choice Counted(Choice choice) => isCounted ? choice : new Choice(choice.Key);
            var weighting = WeightingTable.Methods.Create(Counted(definition.Weighting)).Then(make => make(new WeightingContext(tasks, definition.Training.Seed)));
            if (weighting.Error is { } error)
                return error with { Field = error.Field.Length == 0 ? "weighting" : $"weighting.{error.Field}" };
            return RegularizerTable.Create([.. definition.Regularizers.Select(Counted)], tasks).Then(regularizers =>
                OptimizerTable.Methods.Create(definition.Optimizer).Map(make => new Combination(definition, make(1), weighting.Value, regularizers)));
        }
    }
}
