using System.Numerics.Tensors;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.State;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Linear;

/// <summary>A linear method on some data: ŷₜ = x·Wₜ + bₜ.</summary>
internal sealed class LinearLearner : Learner
{
    private readonly LinearMethod method;
    private readonly LearnerData data;

    private LinearLearner(LinearMethod method, LearnerData data) => (this.method, this.data) = (method, data);

    public override bool IsSeparable => method.IsSeparable;

    public static MakeLearner With(LinearMethod method) => data => Make(method, data);

    public static Result<Learner> Make(LinearMethod method, LearnerData data)
    {
        if (method.IsPooled && data.Tasks.FirstOrDefault(task => task.Kind != data.Tasks[0].Kind || task.Outputs != data.Tasks[0].Outputs) is { } odd)
        {
            return Error.Invalid(
                $"One pooled model is for tasks of one kind, and '{data.Tasks[0].Name}' is {Noun(data.Tasks[0])} while '{odd.Name}' is {Noun(odd)}.",
                "Take learner 'ridge' or 'mean-ridge', or leave a task out.",
                "learner");
        }

        var problem = LinearProblem.Of(data, method);
        if (method.Misfit(problem.Shape.Columns, problem.Shape.Features) is { } misfit)
            return misfit with { Field = misfit.Field.Length == 0 ? "learner" : $"learner.{misfit.Field}" };
        return new LinearLearner(method, data);
    }

    public override IReadOnlyList<Node> Build(ArchitectureContext context) =>
        [.. context.Heads.Select((head, task) => context.Tasks[task].Linear(context.InputsOf(task).Features!, head.Outputs))];

    public override IFitting Begin() => new Fitting(method, LinearProblem.Of(data, method), data.Tasks);

    private static string Noun(LearnerTask task) => task.Kind == TaskKind.Multiclass ? $"multiclass with {task.Outputs} classes" : task.Kind.ToString().ToLowerInvariant();

    private sealed class Fitting : IFitting
    {
        private readonly LinearMethod method;
        private readonly LinearFit fit;
        private readonly IReadOnlyList<LearnerTask> tasks;

        public Fitting(LinearMethod method, LinearProblem problem, IReadOnlyList<LearnerTask> tasks)
        {
            (this.method, this.tasks) = (method, tasks);
            fit = new LinearFit(problem, method);
        }

        public IReadOnlyList<NamedTensor> State => fit.State;

        public int Stages => method.Options.Path;

        public int MaximumIterations => method.Options.Iterations;

        public string Describe(int stage) => method.Describe(method.Options.Scale(stage));

        public FitProgress Iterate(int stage, int iteration) => fit.Iterate(method.Options.Scale(stage), iteration == 0);

        public void Write(FlatBuffer parameters)
        {
            var (coefficients, shape) = (fit.Coefficients(), fit.Problem.Shape);
            var column = 0;
            foreach (var task in tasks)
            {
                var weight = parameters[$"task/{task.Name}/weight"];
                var bias = parameters[$"task/{task.Name}/bias"];
                var features = weight.Length / task.Outputs;
                for (var output = 0; output < task.Outputs; output++)
                {
                    var from = (fit.Problem.IsPooled ? output : column++) * shape.Stride;
                    for (var feature = 0; feature < features; feature++)
                        weight[feature * task.Outputs + output] = (float)coefficients[from + feature];

                    // The free intercept, or the weight of the constant feature.
                    bias[output] = (float)TensorPrimitives.Sum<double>(coefficients.AsSpan(from + features, shape.Stride - features));
                }
            }
        }
    }
}
