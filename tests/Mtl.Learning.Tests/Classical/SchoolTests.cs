using System.Diagnostics;
using Mtl.Learning.Classical.JointFeatures;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Mtrl;
using Mtl.Learning.Classical.Ridge;
using Mtl.Learning.Classical.TraceNorm;

namespace Mtl.Learning.Tests.Classical;

public sealed class SchoolTests(ITestOutputHelper output)
{
    private const int Splits = 10;
    private const double Tolerance = 1e-3;

    private static readonly (string Name, LinearMethod Method)[] Methods =
    [
        ("ridge", new Ridge(new RidgeOptions { Lambda = 10, Path = 10, PathRatio = 1e-3 })),
        ("pooled-ridge", new PooledRidge(new RidgeOptions { Lambda = 10, Path = 8, PathRatio = 1e-4 })),
        ("mean-ridge", new MeanRidge(new MeanRidgeOptions { Lambda = 10, Path = 10, PathRatio = 1e-3 })),
        ("mtrl", new TaskRelationship(new TaskRelationshipOptions { Lambda = 0.1, Path = 6, PathRatio = 1e-2, Tolerance = Tolerance })),
        ("trace-norm", new TraceNorm(new TraceNormOptions { Lambda = 10, Path = 6, PathRatio = 1e-2, Tolerance = Tolerance })),
        ("joint-features", new JointFeatureSelection(new JointFeatureSelectionOptions { Lambda = 10, Path = 6, PathRatio = 1e-2, Tolerance = Tolerance })),
    ];

    [Theory]
    [InlineData(0.30, 34.5)]
    [InlineData(0.75, 36.3)]
    public void Sharing_beats_single_schools_with_strengths_from_cross_validation_on_training_rows(double share, double least)
    {
        var school = SchoolData.Read();
        school.Tasks.ShouldBe(139);
        var splits = Enumerable.Range(1, Splits).Select(seed => school.Split(share, (ulong)seed)).ToArray();

        Dictionary<string, double> percent = [];
        foreach (var (name, method) in Methods)
        {
            var clock = Stopwatch.StartNew();
            percent[name] = splits.Average(split => 100 * split.Measure(method));
            output.WriteLine($"{share:P0} {name}: {percent[name]:F2} % ({clock.Elapsed.TotalSeconds:F1} s)");
        }

        percent["mean-ridge"].ShouldBeGreaterThanOrEqualTo(least);
        foreach (var name in new[] { "mtrl", "trace-norm", "joint-features" })
            percent[name].ShouldBeGreaterThanOrEqualTo(percent["ridge"], name);
    }
}
