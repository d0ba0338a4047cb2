using System.Globalization;
using System.Numerics.Tensors;
using Mtl.Core;
using Mtl.Graph;
using Mtl.Learning.Algebra;
using Mtl.Learning.Architectures;
using Mtl.Learning.State;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Kernels;

/// <summary>
/// Kernel ridge regression for each task by itself in one function space: fₜ = b + Σᵢ αᵢ·k(x, xᵢ), (K + λn·I)·α = y − b with b the labels' mean, by Cholesky, exactly. Classes are regressed as ±1, one against the rest, and the
/// decision scaled to a logit. Source: Saunders, Gammerman and Vovk, "Ridge Regression Learning Algorithm in Dual Variables", 1998; seed document S1, section 3.1.
/// </summary>
internal sealed class KernelRidge : Learner
{
    private const string Part = "kernel";

    private readonly KernelRidgeOptions options;
    private readonly LearnerData data;
    private readonly RadialKernel kernel;

    private KernelRidge(KernelRidgeOptions options, LearnerData data) => (this.options, this.data, kernel) = (options, data, RadialKernel.Of(data, data.TrainRows, options.Gamma));

    public override bool IsSeparable => true;

    public static Result<Learner> Make(KernelRidgeOptions options, LearnerData data) =>
        KernelRows.TooMany("kernel-ridge", data.TrainRows.Length, options.MaximumRows) is { } error ? error : new KernelRidge(options, data);

    public override IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var similarity = kernel.Build(context.Shared.In(Part), context.Inputs.Features!);
        return [.. context.Heads.Select((head, task) => RadialKernel.Combine(context.Tasks[task], context.RowsOf(task, similarity), head.Outputs))];
    }

    public override IFitting Begin() => new Fitting(this);

    private sealed class Fitting : IFitting
    {
        private readonly KernelRidge owner;
        private readonly double[] similarity;
        private readonly KernelTask[] outputs;
        private readonly double[] solution;
        private readonly int stride;

        public Fitting(KernelRidge owner)
        {
            this.owner = owner;
            similarity = owner.kernel.Between(owner.kernel);
            outputs = [.. KernelTask.Of(owner.data)];
            stride = owner.kernel.Rows + 1;
            solution = new double[outputs.Length * stride];
            State = [NamedTensor.Of("solution", solution)];
        }

        public IReadOnlyList<NamedTensor> State { get; }

        public int Stages => owner.options.Path;

        public int MaximumIterations => 1;

        public string Describe(int stage) => string.Create(CultureInfo.InvariantCulture, $"λ = {Strength(stage):G4}");

        public FitProgress Iterate(int stage, int iteration)
        {
            double objective = 0, residual = 0;
            for (var output = 0; output < outputs.Length; output++)
            {
                var (value, rest) = Solve(outputs[output], solution.AsSpan(output * stride, stride), Strength(stage));
                objective += value;
                residual = Math.Max(residual, rest);
            }

            return new FitProgress(objective, residual, double.NaN, residual <= 1e-8);
        }

        public void Write(FlatBuffer parameters)
        {
            owner.kernel.Write(parameters, $"shared/{Part}");
            for (var index = 0; index < outputs.Length; index++)
                outputs[index].Write(parameters, solution.AsSpan(index * stride, stride - 1), solution[index * stride + stride - 1]);
        }

        private double Strength(int stage) => owner.options.Lambda * (Stages == 1 ? 1 : Math.Pow(owner.options.PathRatio, (double)stage / (Stages - 1)));

        /// <summary>Solves one output; no numbers where λn is lost in the kernel matrix's rounding, which ends the run with λ as the reason.</summary>
        private (double Objective, double Residual) Solve(KernelTask output, Span<double> target, double lambda)
        {
            var (places, n) = (output.Places, output.Places.Length);
            if (n == 0)
            {
                target.Clear();
                return (0, 0);
            }

            var mean = output.Labels.Average();
            var (matrix, labels) = (new double[n * n], Array.ConvertAll(output.Labels, label => label - mean));
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    matrix[i * n + j] = similarity[places[i] * (stride - 1) + places[j]] + (i == j ? lambda * n : 0);
            var alpha = (double[])labels.Clone();
            if (!Cholesky.Factor(matrix, n, Cholesky.RoundingPivot))
                return (double.NaN, double.NaN);
            Cholesky.Solve(matrix, n, alpha);

            // f = K·α = y − λn·α by the equation; measured on K itself.
            double squares = 0, norm = 0, worst = 0;
            target.Clear();
            var decisions = new double[n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                    decisions[i] += similarity[places[i] * (stride - 1) + places[j]] * alpha[j];
                squares += (labels[i] - decisions[i]) * (labels[i] - decisions[i]);
                norm += alpha[i] * decisions[i];
                worst = Math.Max(worst, Math.Abs(labels[i] - decisions[i] - lambda * n * alpha[i]));
                decisions[i] += mean;
                target[places[i]] = alpha[i];
            }

            target[^1] = mean;
            TensorPrimitives.Multiply(target, output.ScaleOf(decisions), target);
            return (squares / (2 * n) + 0.5 * lambda * norm, worst / Math.Max(1e-300, labels.Max(Math.Abs)));
        }
    }
}
