using System.Text.Json.Nodes;
using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Learning.Classical.Caso;
using Mtl.Learning.Classical.Cmtl;
using Mtl.Learning.Classical.Dirty;
using Mtl.Learning.Classical.ElasticNet;
using Mtl.Learning.Classical.JointFeatures;
using Mtl.Learning.Classical.Lasso;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Mtrl;
using Mtl.Learning.Classical.Ridge;
using Mtl.Learning.Classical.Rmtl;
using Mtl.Learning.Classical.SparseLowRank;
using Mtl.Learning.Classical.Srmtl;
using Mtl.Learning.Classical.Tgl;
using Mtl.Learning.Classical.TraceNorm;
using Mtl.Learning.Tests.Oracles;

namespace Mtl.Learning.Tests.Classical;

/// <summary>Objectives at the solution against scikit-learn's, and against slow methods of another kind written in NumPy.</summary>
public sealed class LinearOracleTests
{
    private const int Rows = 60;
    private const int Features = 12;
    private const int Tasks = 5;
    private const double Strength = 0.2;
    private const double Precision = 1e-9;

    private static readonly double[][] X = Draw("x", Rows, Features);
    private static readonly double[][] Y = Labels();

    /// <summary>Key, method, and what scikit-learn or the slow method reaches, in Python over X [n, d] and Y [n, T].</summary>
    private static readonly Dictionary<string, (LinearMethod Method, string Script)> Cases = new()
    {
        ["ridge"] = (new Ridge(new RidgeOptions { Lambda = Strength, Path = 1 }), "m = sklearn.linear_model.Ridge(alpha=n*a, tol=1e-14).fit(X, Y)\nanswer = fit(m.coef_.T) + a/2*(m.coef_**2).sum()"),
        ["lasso"] = (
            new Lasso(new LassoOptions { Lambda = Strength, Path = 1, Tolerance = Precision }),
            "m = sklearn.linear_model.Lasso(alpha=a, tol=1e-12, max_iter=100000).fit(X, Y)\nanswer = fit(m.coef_.T) + a*abs(m.coef_).sum()"),
        ["elastic-net"] = (
            new ElasticNet(new ElasticNetOptions { Lambda = Strength, L1Ratio = 0.3, Path = 1, Tolerance = Precision }),
            "m = sklearn.linear_model.ElasticNet(alpha=a, l1_ratio=0.3, tol=1e-12, max_iter=100000).fit(X, Y)\nanswer = fit(m.coef_.T) + 0.3*a*abs(m.coef_).sum() + 0.35*a*(m.coef_**2).sum()"),
        ["joint-features"] = (
            new JointFeatureSelection(new JointFeatureSelectionOptions { Lambda = Strength, Path = 1, Tolerance = Precision }),
            "m = sklearn.linear_model.MultiTaskLasso(alpha=a, tol=1e-12, max_iter=100000).fit(X, Y)\nanswer = fit(m.coef_.T) + a*np.sqrt((m.coef_**2).sum(0)).sum()"),
        ["joint-elastic-net"] = (
            new ElasticNet(new ElasticNetOptions { Lambda = Strength, L1Ratio = 0.3, Selection = FeatureSelection.Joint, Path = 1, Tolerance = Precision }),
            "m = sklearn.linear_model.MultiTaskElasticNet(alpha=a, l1_ratio=0.3, tol=1e-12, max_iter=100000).fit(X, Y)\n"
            + "answer = fit(m.coef_.T) + 0.3*a*np.sqrt((m.coef_**2).sum(0)).sum() + 0.35*a*(m.coef_**2).sum()"),
        ["mean-ridge"] = (
            new MeanRidge(new MeanRidgeOptions { Lambda = Strength, MeanRatio = 0.5, Path = 1 }),
            "A = a*(np.eye(T) - np.ones((T, T))/T) + 0.5*a*np.ones((T, T))/T\nanswer = quadratic(A)"),
        ["srmtl"] = (
            new GraphSmooth(new GraphSmoothOptions { Lambda = Strength, RidgeRatio = 0.5, Graph = TaskGraph.Chain, Edges = [0, 4], Path = 1 }),
            "A = 0.5*a*np.eye(T)\nfor i, j in [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)]:\n    e = np.zeros(T); e[i], e[j] = 1, -1\n    A += a*np.outer(e, e)\nanswer = quadratic(A)"),

        // Trace norm: a·‖W‖_* = min over D of a/2·tr(W D⁻¹ Wᵀ) + a/2·tr D, by alternating with a small ridge in D.
        ["trace-norm"] = (
            new TraceNorm(new TraceNormOptions { Lambda = Strength, Path = 1, Tolerance = Precision }),
            "W = alternate(lambda s: a/s)\nanswer = fit(W) + a*svd(W).sum()"),

        // The paper's own algorithm: W given Ω, then Ω = (WᵀW)^½/tr.
        ["mtrl"] = (
            new TaskRelationship(new TaskRelationshipOptions { Lambda = Strength / 20, RidgeRatio = 0.1, Path = 1, Tolerance = Precision }),
            "b = a/20\nW = alternate(lambda s: b*s.sum()/s + 0.1*b)\nanswer = fit(W) + b/2*svd(W).sum()**2 + 0.05*b*(W**2).sum()"),
        ["caso"] = (
            new AlternatingStructure(new AlternatingStructureOptions { Lambda = Strength, Dimensions = 2, Softness = 0.3, Path = 1, Tolerance = Precision }),
            "W = alternate(lambda s: a*0.3/(0.3 + shares(s, 2, 0.3)))\ns = svd(W)\nanswer = fit(W) + a*0.15*(s**2/(0.3 + shares(s, 2, 0.3))).sum()"),
        ["cmtl"] = (
            new Clustered(new ClusteredOptions { Lambda = Strength, Clusters = 3, Softness = 0.3, MeanRatio = 0.2, Path = 1, Tolerance = Precision }),
            "W = alternate(lambda s: a*0.3/(0.3 + shares(s, 2, 0.3)), 0.2*a)\nm = W.mean(1, keepdims=True)\ns = svd(W - m)\nanswer = fit(W) + a*0.15*(s**2/(0.3 + shares(s, 2, 0.3))).sum() + 0.1*a*T*(m**2).sum()"),
        ["dirty"] = (
            new Dirty(new DirtyOptions { Lambda = Strength, SparseRatio = 0.5, Path = 1, Tolerance = Precision, Iterations = 20000 }),
            "answer = proximal([(lambda P, t: rowmax(P, t*a), lambda P: a*abs(P).max(1).sum()), (lambda Q, t: soft(Q, t*a/2), lambda Q: a/2*abs(Q).sum())])"),
        ["sparse-low-rank"] = (
            new SparseLowRank(new SparseLowRankOptions { Lambda = Strength, SparseRatio = 0.5, Path = 1, Tolerance = Precision, Iterations = 20000 }),
            "answer = proximal([(lambda P, t: nuclear(P, t*a), lambda P: a*svd(P).sum()), (lambda Q, t: soft(Q, t*a/2), lambda Q: a/2*abs(Q).sum())])"),
        ["rmtl"] = (
            new RobustMultiTask(new RobustMultiTaskOptions { Lambda = Strength, OutlierRatio = 0.8, Path = 1, Tolerance = Precision, Iterations = 20000 }),
            "def columns(Q, t):\n    n_ = np.linalg.norm(Q, axis=0)\n    return Q*np.maximum(1 - t/np.maximum(n_, 1e-300), 0)\n"
            + "answer = proximal([(lambda P, t: nuclear(P, t*a), lambda P: a*svd(P).sum()), (lambda Q, t: columns(Q, t*0.8*a), lambda Q: 0.8*a*np.linalg.norm(Q, axis=0).sum())])"),
        ["tgl"] = (
            new TemporalGroupLasso(new TemporalGroupLassoOptions { Lambda = Strength, SmoothRatio = 0.7, RidgeRatio = 0.1, Path = 1, Tolerance = Precision }),
            "A = 0.1*a*np.eye(T)\nfor i in range(T - 1):\n    e = np.zeros(T); e[i], e[i + 1] = 1, -1\n    A += 0.7*a*np.outer(e, e)\n"
            + "def rows(W, t):\n    n_ = np.linalg.norm(W, axis=1, keepdims=True)\n    return W*np.maximum(1 - t/np.maximum(n_, 1e-300), 0)\n"
            + "answer = proximal([(lambda W, t: rows(W, t*a), lambda W: a*np.linalg.norm(W, axis=1).sum())], A)"),
    };

    private const string Prelude = """
        import numpy as np, sklearn.linear_model, threadpoolctl
        threadpoolctl.threadpool_limits(1)
        X, Y, a = np.array(given['x']), np.array(given['y']), given['a']
        n, d = X.shape
        T = Y.shape[1]
        Xc, Yc = X - X.mean(0), Y - Y.mean(0)
        fit = lambda W: ((Xc @ W - Yc)**2).sum()/(2*n)
        svd = lambda W: np.linalg.svd(W, compute_uv=False)
        G, C = Xc.T @ Xc/n, Xc.T @ Yc/n
        soft = lambda W, t: np.sign(W)*np.maximum(abs(W) - t, 0)
        def solve(A):
            return np.linalg.solve(np.kron(np.eye(T), G) + np.kron(A, np.eye(d)), C.T.ravel()).reshape(T, d).T
        def quadratic(A):
            W = solve(A)
            return fit(W) + np.trace(W @ A @ W.T)/2
        def nuclear(W, t):
            U, s, V = np.linalg.svd(W, full_matrices=False)
            return U @ np.diag(np.maximum(s - t, 0)) @ V
        def rowmax(W, t):
            out = W.copy()
            for j in range(len(W)):
                lo, hi = 0.0, abs(W[j]).max()
                if abs(W[j]).sum() <= t:
                    out[j] = 0
                    continue
                for _ in range(200):
                    m = (lo + hi)/2
                    lo, hi = (m, hi) if np.maximum(abs(W[j]) - m, 0).sum() > t else (lo, m)
                out[j] = np.clip(W[j], -lo, lo)
            return out
        def shares(s, k, eta):
            lo, hi = 0.0, 2/max(min(s[s > 1e-12]), 1e-12)
            if (s > 1e-12).sum() <= k:
                return np.ones_like(s)
            for _ in range(200):
                m = (lo + hi)/2
                lo, hi = (m, hi) if np.clip(m*s - eta, 0, 1).sum() < k else (lo, m)
            return np.clip(lo*s - eta, 0, 1)
        def alternate(weights, mean=None):
            P = np.eye(T) - (0 if mean is None else np.ones((T, T))/T)
            A = np.eye(T)
            for i in range(600):
                W = solve(A + (0 if mean is None else mean*np.ones((T, T))/T))
                s2, V = np.linalg.eigh((W @ P).T @ (W @ P))
                s = np.sqrt(np.maximum(s2, 0) + 1e-13)
                A = P @ V @ np.diag(weights(s)) @ V.T @ P
            return W
        def proximal(parts, A=None):
            A = np.zeros((T, T)) if A is None else A
            L = len(parts)*(np.linalg.eigvalsh(G)[-1] + np.linalg.eigvalsh(A)[-1])
            Z = [np.zeros((d, T)) for _ in parts]
            for _ in range(2500):
                W = sum(Z)
                g = G @ W - C + W @ A
                Z = [prox(z - g/L, 1/L) for z, (prox, _) in zip(Z, parts)]
            W = sum(Z)
            return fit(W) + np.trace(W @ A @ W.T)/2 + sum(value(z) for z, (_, value) in zip(Z, parts))

        """;

    /// <summary>All answers from one process, as it takes seconds to begin.</summary>
    private static readonly Lazy<JsonNode> Answers = new(() => PythonOracle.Ask(
        "sklearn",
        Prelude + "answers = {}\n" + string.Concat(Cases.Select(pair => $"{pair.Value.Script}\nanswers['{pair.Key}'] = float(answer)\n")) + "answer = answers",
        new { x = X, y = Y, a = Strength }));

    public static TheoryData<string> Keys => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_objective_at_the_solution_is_the_independent_methods(string key)
    {
        var method = Cases[key].Method;
        var expected = Answers.Value[key]!.GetValue<double>();

        var progress = new LinearFit(Problem(), method).Solve(1);

        progress.IsOver.ShouldBeTrue();
        progress.Objective.ShouldBe(expected, 1e-6 * expected);
        if (!double.IsNaN(progress.Gap))
            progress.Gap.ShouldBeLessThanOrEqualTo(1e-6 * expected);
        else
            progress.Residual.ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Logistic_ridge_and_lasso_have_scikit_learns_objective()
    {
        double[][] classes = [.. Y.Select(row => row.Select(value => value > 0.3 ? 1.0 : 0).ToArray())];
        double[] labels = [.. Y.Select(row => row[0] > 1 ? 2.0 : row[0] > -0.5 ? 1 : 0)];
        var expected = PythonOracle.Ask("sklearn", """
            import numpy as np, sklearn.linear_model
            X, Y, z, a = np.array(given['x']), np.array(given['y']), np.array(given['z']), given['a']
            n = len(X)
            def objective(m, y, penalty):
                return -m.predict_log_proba(X)[np.arange(n), y.astype(int)].mean() + penalty(m.coef_)
            l2 = lambda w: a/2*(w**2).sum()
            l1 = lambda w: a*abs(w).sum()
            answer = [
                sum(objective(sklearn.linear_model.LogisticRegression(C=1/(n*a), tol=1e-10, max_iter=10000).fit(X, y), y, l2) for y in Y.T),
                sum(objective(sklearn.linear_model.LogisticRegression(C=1/(n*a), penalty='l1', solver='saga', tol=1e-12, max_iter=200000).fit(X, y), y, l1) for y in Y.T),
                objective(sklearn.linear_model.LogisticRegression(C=1/(n*a), tol=1e-10, max_iter=10000, multi_class='multinomial').fit(X, z), z, l2)]
            """, new { x = X, y = classes, z = labels, a = 0.05 });
        var binary = LinearProblem.Of([.. Enumerable.Range(0, Tasks).Select(task => new TaskRows(TaskKind.Binary, 1, Design(), Array.ConvertAll(classes, row => row[task])))]);
        var multiclass = LinearProblem.Of([new TaskRows(TaskKind.Multiclass, 3, Design(), labels)]);

        double[] actual =
        [
            new LinearFit(binary, new Ridge(new RidgeOptions { Lambda = 0.05, Path = 1, Tolerance = 1e-9 })).Solve(1).Objective,
            new LinearFit(binary, new Lasso(new LassoOptions { Lambda = 0.05, Path = 1, Tolerance = 1e-8 })).Solve(1).Objective,
            new LinearFit(multiclass, new Ridge(new RidgeOptions { Lambda = 0.05, Path = 1, Tolerance = 1e-9 })).Solve(1).Objective,
        ];

        for (var i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i]!.GetValue<double>(), 1e-6 * actual[i]);
    }

    [Fact]
    public void The_tasks_covariance_has_trace_one_and_shows_who_goes_together()
    {
        var covariance = TaskRelationship.Covariance(new[,] { { 1, 1.1, -1 }, { 2, 2.1, -2 }, { 0, 0.1, 0 } });

        (covariance[0, 0] + covariance[1, 1] + covariance[2, 2]).ShouldBe(1, 1e-12);
        covariance[0, 1].ShouldBeGreaterThan(0);
        covariance[0, 2].ShouldBeLessThan(0);
    }

    private static LinearProblem Problem() =>
        LinearProblem.Of([.. Enumerable.Range(0, Tasks).Select(task => new TaskRows(TaskKind.Regression, 1, Design(), Array.ConvertAll(Y, row => row[task])))]);

    private static DesignMatrix Design() => new([.. X.SelectMany(row => row)], Rows, Features);

    private static double[][] Labels()
    {
        var (base0, base1, own, noise) = (Draw("a", 1, Features)[0], Draw("b", 1, Features)[0], Draw("own", Tasks, Features), Draw("noise", Rows, Tasks));
        return [.. X.Select((row, i) => Enumerable.Range(0, Tasks).Select(task => row.Select((x, j) =>
            x * ((1 + 0.3 * task) * base0[j] * (j % 3 == 0 ? 0 : 1) + (task % 2 == 0 ? base1[j] : -base1[j]) * 0.5 + (j == task ? 2 : 0) + (task == 4 ? own[task][j] : 0))).Sum() + 0.5 * noise[i][task]).ToArray())];
    }

    private static double[][] Draw(string purpose, int rows, int columns)
    {
        var random = new CounterRandom(7, purpose);
        return [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Select(column => random.Normal((ulong)(row * columns + column))).ToArray())];
    }
}
