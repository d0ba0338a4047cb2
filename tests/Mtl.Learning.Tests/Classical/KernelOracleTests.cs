using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Learning.Classical;
using Mtl.Learning.Classical.Features;
using Mtl.Learning.Classical.Kernels;
using Mtl.Learning.Classical.Svm;
using Mtl.Learning.Tests.Oracles;

namespace Mtl.Learning.Tests.Classical;

public sealed class KernelOracleTests
{
    private const int Rows = 80;
    private const int Features = 4;

    [Fact]
    public void Kernel_ridge_gives_scikit_learns_objective()
    {
        var data = Data();
        var fitting = KernelRidge.Make(new KernelRidgeOptions { Lambda = 0.05, Path = 1, Gamma = 0.3 }, Only(data, 0)).Value.Begin();

        var progress = fitting.Iterate(0, 0);

        progress.IsConverged.ShouldBeTrue();
        progress.Objective.ShouldBe(
            PythonOracle.Ask("sklearn", """
                import numpy as np, sklearn.kernel_ridge
                from sklearn.metrics.pairwise import rbf_kernel
                X, y = np.array(given['x']), np.array(given['y'])
                y = y - y.mean()
                m = sklearn.kernel_ridge.KernelRidge(alpha=0.05*len(X), kernel='rbf', gamma=0.3).fit(X, y)
                K = rbf_kernel(X, gamma=0.3)
                answer = ((y - m.predict(X))**2).mean()/2 + 0.025*m.dual_coef_ @ K @ m.dual_coef_
                """, Given(data)).GetValue<double>(),
            1e-6);
    }

    [Fact]
    public void A_ridge_lost_in_rounding_on_equal_rows_gives_no_number()
    {
        var data = Data() with { Features = new float[Rows * Features] };

        var progress = KernelRidge.Make(new KernelRidgeOptions { Lambda = 1e-9, PathRatio = 1e-8 }, Only(data, 0)).Value.Begin().Iterate(3, 0);

        (progress.Objective, progress.IsConverged).ShouldBe((double.NaN, false));
    }

    [Theory]
    [InlineData(1, SupportVectorKernel.Rbf, "SVC(kernel='rbf', gamma=0.3, C=2, tol=1e-8)")]
    [InlineData(1, SupportVectorKernel.Linear, "SVC(kernel='linear', C=2, tol=1e-8)")]
    [InlineData(0, SupportVectorKernel.Rbf, "SVR(kernel='rbf', gamma=0.3, C=2, epsilon=0.1, tol=1e-8)")]
    [InlineData(0, SupportVectorKernel.Linear, "SVR(kernel='linear', C=2, epsilon=0.1, tol=1e-8)")]
    public void A_support_vector_machine_reaches_scikit_learns_dual_objective(int task, SupportVectorKernel kernel, string model)
    {
        var data = Data();
        var options = new SupportVectorOptions { Kernel = kernel, Gamma = 0.3, Cost = 2, Path = 1, Tolerance = 1e-7, Iterations = 10_000 };
        var fitting = SupportVectorMachine.Make(options, Only(data, task)).Value.Begin();
        var iteration = 0;
        var progress = fitting.Iterate(0, iteration);
        while (!progress.IsConverged && iteration < options.Iterations)
            progress = fitting.Iterate(0, ++iteration);

        progress.Residual.ShouldBeLessThanOrEqualTo(1e-7);
        progress.Objective.ShouldBe(
            PythonOracle.Ask("sklearn.svm", $"""
                import numpy as np
                from sklearn.metrics.pairwise import rbf_kernel
                X, y, z = np.array(given['x']), np.array(given['y']), np.array(given['z'])
                t = {(task == 0 ? "y" : "z")}
                m = sklearn.svm.{model}.fit(X, t)
                K = rbf_kernel(X, gamma=0.3) if m.kernel == 'rbf' else X @ X.T
                b = np.zeros(len(X)); b[m.support_] = m.dual_coef_[0]
                answer = b @ K @ b/2 + ({(task == 0 ? "0.1*abs(b).sum() - t @ b" : "-abs(b).sum()")})
                """, Given(data)).GetValue<double>(),
            1e-5);
    }

    [Fact]
    public void Principal_components_and_discriminants_are_scikit_learns()
    {
        var data = Data();
        var components = (Projection)PrincipalComponents.Fit(new PrincipalComponentOptions { Components = 2, Variance = 1 }, data).Value;
        var discriminants = (Projection)LinearDiscriminants.Fit(new DiscriminantOptions { Task = "grade", Shrinkage = 1e-12 }, data).Value;

        var expected = PythonOracle.Ask("sklearn", """
            import numpy as np
            from sklearn.decomposition import PCA
            from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
            X, g = np.array(given['x']), np.array(given['g'])
            S = LinearDiscriminantAnalysis(solver='eigen').fit(X, g).scalings_[:, :2].T
            answer = [PCA(2).fit(X).components_.tolist(), (S/np.linalg.norm(S, axis=1, keepdims=True)).tolist()]
            """, Given(data));

        ShouldBeParallel(components.Directions, expected[0]!);
        ShouldBeParallel(discriminants.Directions, expected[1]!);
    }

    [Fact]
    public void Radial_features_around_all_rows_reproduce_the_kernel()
    {
        var data = Data();
        var space = RadialFeatures.Fit(new RadialOptions { Centres = Rows, Gamma = 0.3 }, data).Value;

        var mapped = space.Map(data.Features, Rows);

        for (var i = 0; i < Rows; i++)
        {
            double product = 0, distance = 0;
            for (var k = 0; k < space.Width; k++)
                product += (double)mapped[i * space.Width + k] * mapped[k];
            for (var j = 0; j < Features; j++)
                distance += Math.Pow(data.Features[i * Features + j] - data.Features[j], 2);
            product.ShouldBe(Math.Exp(-0.3 * distance), 1e-3);
        }
    }

    [Fact]
    public void More_rows_than_an_exact_kernel_can_take_are_refused()
    {
        KernelRidge.Make(new KernelRidgeOptions { MaximumRows = 50 }, Data()).Error!.ToString().ShouldBe(
            "Learner 'kernel-ridge' takes 50 training rows, and there are 80: it keeps a similarity for every pair of them. "
            + "Take feature space 'rbf' with a linear learner such as 'ridge', which approximates it for any number of rows; or raise maximumRows.");
    }

    private static void ShouldBeParallel(IReadOnlyList<double[]> actual, System.Text.Json.Nodes.JsonNode expected)
    {
        for (var k = 0; k < actual.Count; k++)
        {
            var norm = Math.Sqrt(actual[k].Sum(value => value * value));
            Math.Abs(actual[k].Select((value, j) => value * expected[k]![j]!.GetValue<double>()).Sum() / norm).ShouldBe(1, 1e-6);
        }
    }

    private static LearnerData Only(LearnerData data, int task) => data with { Tasks = [data.Tasks[task]] };

    private static object Given(LearnerData data) => new
    {
        x = data.Features.Chunk(Features),
        y = data.Tasks[0].Values,
        z = data.Tasks[1].Values.Select(value => 2 * value - 1),
        g = data.Tasks[2].Values,
    };

    private static LearnerData Data()
    {
        var random = new CounterRandom(3, "kernel rows");
        var x = Enumerable.Range(0, Rows * Features).Select(index => (float)random.Normal((ulong)index)).ToArray();
        var sums = x.Chunk(Features).Select((row, i) => (float)(Math.Sin(row[0]) + row[1] * row[2] * 0.5 + 0.3 * row[3] + 0.2 * random.Normal((ulong)(10_000 + i)))).ToArray();
        var all = Enumerable.Repeat(1f, Rows).ToArray();
        return new LearnerData(
            x,
            Features,
            [.. Enumerable.Range(0, Rows)],
            [
                new LearnerTask("value", TaskKind.Regression, 1, sums, all),
                new LearnerTask("sign", TaskKind.Binary, 1, Array.ConvertAll(sums, sum => sum > 0.2f ? 1f : 0), all),
                new LearnerTask("grade", TaskKind.Multiclass, 3, Array.ConvertAll(sums, sum => sum > 0.5f ? 2f : sum > -0.5f ? 1 : 0), all),
            ],
            Seed: 1);
    }
}
