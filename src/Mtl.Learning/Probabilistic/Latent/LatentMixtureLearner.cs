using System.Globalization;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Classical;
using Mtl.Learning.State;
using Mtl.Runtime;

namespace Mtl.Learning.Probabilistic.Latent;

/// <summary>
/// The Gaussian mixture for several tasks, <c>mtl-gmm</c>: scores zᵀWᵀx + b with W shared and z, b each task's own. The model, and what is maximised, is described at <see cref="LatentMixtureProblem"/>;
/// the search is <see cref="LatentAscent"/>'s, a stage for each start.
/// </summary>
internal sealed class LatentMixtureLearner : Learner
{
    private readonly LatentMixtureOptions options;
    private readonly LearnerData data;

    private LatentMixtureLearner(LatentMixtureOptions options, LearnerData data) => (this.options, this.data) = (options, data);

    /// <summary>W is shared.</summary>
    public override bool IsSeparable => false;

    public static MakeLearner With(LatentMixtureOptions options) => data => Make(options, data);

    public override IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var projected = context.Inputs.Features!.MatMul(context.Shared.Parameter("projection", [data.FeatureCount, options.Dimensions], Initializers.Zeros));
        return [.. context.Heads.Select((head, task) => context.Tasks[task].In("latent").Linear(context.RowsOf(task, projected), head.Outputs, Initializers.Zeros))];
    }

    public override IFitting Begin() => new Fitting(options, data);

    private static Result<Learner> Make(LatentMixtureOptions options, LearnerData data) =>
        data.Tasks.FirstOrDefault(task => task.Kind is not (TaskKind.Regression or TaskKind.Binary or TaskKind.Multiclass)) is { } odd
            ? Error.Invalid(
                $"Learner 'mtl-gmm' has no output model for task '{odd.Name}' of kind {odd.Kind.ToString().ToLowerInvariant()}; its kinds are regression, binary, multiclass.",
                "Leave the task out, or train a network.",
                "learner")
            : new LatentMixtureLearner(options, data);

    private sealed class Fitting : IFitting
    {
        private readonly LatentMixtureOptions options;
        private readonly LearnerData data;
        private readonly LatentAscent ascent;

        public Fitting(LatentMixtureOptions options, LearnerData data)
        {
            (this.options, this.data) = (options, data);
            ascent = new LatentAscent(Problem(options, data), data.Seed);
        }

        public IReadOnlyList<NamedTensor> State => ascent.State;

        public int Stages => options.Restarts;

        public int MaximumIterations => options.Iterations;

        public string Describe(int stage) => string.Create(CultureInfo.InvariantCulture, $"start {stage + 1}");

        /// <summary>The objective reported is −J, which falls.</summary>
        public FitProgress Iterate(int stage, int iteration)
        {
            if (iteration == 0)
                ascent.Start(stage);
            var (before, after, residual) = ascent.Iterate();
            return new FitProgress(-after, residual, double.NaN, after - before <= options.Tolerance * Math.Abs(after));
        }

        public void Write(FlatBuffer parameters)
        {
            var (projection, latents) = ascent.Point;
            var dimensions = options.Dimensions;
            var shared = parameters["shared/projection"];
            for (var feature = 0; feature < data.FeatureCount; feature++)
                for (var j = 0; j < dimensions; j++)
                    shared[(feature * dimensions) + j] = (float)projection[(j * data.FeatureCount) + feature];
            foreach (var task in data.Tasks)
            {
                var weight = parameters[$"task/{task.Name}/latent/weight"];
                var bias = parameters[$"task/{task.Name}/latent/bias"];
                for (var k = 0; k < task.Outputs; k++)
                {
                    for (var j = 0; j < dimensions; j++)
                        weight[(j * task.Outputs) + k] = (float)latents[j];
                    bias[k] = (float)latents[dimensions];
                    latents = latents[(dimensions + 1)..];
                }
            }
        }

        private static LatentMixtureProblem Problem(LatentMixtureOptions options, LearnerData data)
        {
            var features = new double[data.TrainRows.Length * data.FeatureCount];
            for (var row = 0; row < data.TrainRows.Length; row++)
                for (var feature = 0; feature < data.FeatureCount; feature++)
                    features[(row * data.FeatureCount) + feature] = data.Features[((long)data.TrainRows[row] * data.FeatureCount) + feature];
            return new LatentMixtureProblem(features, data.FeatureCount, [.. data.Tasks.Select(task => Labelled(task, data.TrainRows))], options);
        }

        private static LatentTask Labelled(LearnerTask task, int[] trainRows)
        {
            int[] rows = [.. Enumerable.Range(0, trainRows.Length).Where(row => task.Labelled[trainRows[row]] != 0)];
            return new LatentTask(task.Kind, task.Outputs, rows, [.. rows.Select(row => (double)task.Values[trainRows[row]])]);
        }
    }
}
