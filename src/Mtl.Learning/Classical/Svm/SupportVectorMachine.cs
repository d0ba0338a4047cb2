using System.Globalization;
using System.Numerics.Tensors;
using Mtl.Core;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Classical.Kernels;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.State;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Svm;

/// <summary>
/// Support vector machines, one per output: for classes (one against the rest) min ½‖f‖² + C·Σ max(0, 1 − y·f), for numbers min ½‖f‖² + C·Σ max(0, |y − f| − ε), f = Σᵢ βᵢ·k(x, xᵢ) + b, solved in the dual to a stated violation
/// of the optimality conditions. A class' decision is scaled to a logit, so that the sign decides. The exported model holds all training rows for the rbf kernel, and plain weights for the linear one.
/// Sources: Cortes and Vapnik, "Support-Vector Networks", 1995; Platt, 1998; Fan, Chen and Lin, 2005; seed document S1, section 3.1.
/// </summary>
internal sealed class SupportVectorMachine : Learner
{
    private const string Part = "kernel";

    private readonly SupportVectorOptions options;
    private readonly LearnerData data;
    private readonly RadialKernel? radial;
    private readonly DesignMatrix rows;

    private SupportVectorMachine(SupportVectorOptions options, LearnerData data)
    {
        (this.options, this.data) = (options, data);
        radial = options.Kernel == SupportVectorKernel.Rbf ? RadialKernel.Of(data, data.TrainRows, options.Gamma) : null;
        rows = DesignMatrix.Of(data.Features, data.FeatureCount, data.TrainRows);
    }

    public override bool IsSeparable => true;

    public static Result<Learner> Make(SupportVectorOptions options, LearnerData data) =>
        KernelRows.TooMany("svm", data.TrainRows.Length, options.MaximumRows) is { } error ? error : new SupportVectorMachine(options, data);

    public override IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var x = context.Inputs.Features!;
        if (radial is null)
            return [.. context.Heads.Select((head, task) => context.Tasks[task].Linear(context.RowsOf(task, x), head.Outputs))];
        var similarity = radial.Build(context.Shared.In(Part), x);
        return [.. context.Heads.Select((head, task) => RadialKernel.Combine(context.Tasks[task], context.RowsOf(task, similarity), head.Outputs))];
    }

    public override IFitting Begin() => new Fitting(this);

    private double[] Similarities()
    {
        if (radial is not null)
            return radial.Between(radial);
        var matrix = new double[rows.Rows * rows.Rows];
        for (var i = 0; i < rows.Rows; i++)
            for (var j = 0; j <= i; j++)
                matrix[i * rows.Rows + j] = matrix[j * rows.Rows + i] = TensorPrimitives.Dot(rows[i], rows[j]);
        return matrix;
    }

    private sealed class Fitting : IFitting
    {
        private readonly SupportVectorMachine owner;
        private readonly double[] similarity;
        private readonly KernelTask[] outputs;
        private readonly MarginProblem[] problems;
        private readonly double[] cost = [0];

        public Fitting(SupportVectorMachine owner)
        {
            this.owner = owner;
            similarity = owner.Similarities();
            outputs = [.. KernelTask.Of(owner.data)];
            problems = Array.ConvertAll(outputs, Problem);
            State = [NamedTensor.Of("cost", cost), .. problems.SelectMany((problem, index) => problem.State.Select(tensor => tensor.Under($"{index}")))];
        }

        public IReadOnlyList<NamedTensor> State { get; }

        public int Stages => owner.options.Path;

        public int MaximumIterations => owner.options.Iterations;

        public string Describe(int stage) => string.Create(CultureInfo.InvariantCulture, $"C = {Cost(stage):G4}");

        public FitProgress Iterate(int stage, int iteration)
        {
            cost[0] = Cost(stage);
            double objective = 0, violation = 0;
            foreach (var (problem, output) in problems.Zip(outputs))
            {
                violation = Math.Max(violation, problem.Sweep(cost[0], owner.options.Tolerance, output.Places.Length));
                objective += problem.Objective;
            }

            return new FitProgress(objective, violation, double.NaN, violation <= owner.options.Tolerance);
        }

        public void Write(FlatBuffer parameters)
        {
            owner.radial?.Write(parameters, $"shared/{Part}");
            for (var index = 0; index < outputs.Length; index++)
            {
                var (output, weights) = (outputs[index], new double[owner.rows.Rows]);
                var bias = problems[index].Solution(cost[0], weights);
                var decisions = Array.ConvertAll(output.Places, place => bias + TensorPrimitives.Dot<double>(similarity.AsSpan(place * weights.Length, weights.Length), weights));
                if (owner.radial is null)
                    weights = Collapse(weights);
                var scale = output.ScaleOf(decisions);
                TensorPrimitives.Multiply(weights, scale, weights);
                output.Write(parameters, weights, bias * scale);
            }
        }

        private double Cost(int stage) => owner.options.Cost * (Stages == 1 ? 1 : Math.Pow(owner.options.PathRatio, 1 - (double)stage / (Stages - 1)));

        private MarginProblem Problem(KernelTask output)
        {
            if (output.IsClass)
                return new MarginProblem(similarity, owner.rows.Rows, output.Places, output.Labels, [.. output.Labels.Select(_ => -1.0)]);
            var epsilon = owner.options.Epsilon;
            return new MarginProblem(
                similarity,
                owner.rows.Rows,
                [.. output.Places, .. output.Places],
                [.. output.Labels.Select(_ => 1.0), .. output.Labels.Select(_ => -1.0)],
                [.. output.Labels.Select(label => epsilon - label), .. output.Labels.Select(label => epsilon + label)]);
        }

        /// <summary>The linear kernel's weights by row as weights by feature.</summary>
        private double[] Collapse(double[] byRow)
        {
            var weights = new double[owner.rows.Features];
            for (var row = 0; row < byRow.Length; row++)
                TensorPrimitives.MultiplyAdd(owner.rows[row], byRow[row], weights, weights);
            return weights;
        }
    }
}
