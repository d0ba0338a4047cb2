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

    private static readonly (string Name, LinearMethod Method)[] Closed =
    [
        ("ridge", new Ridge(new RidgeOptions { Lambda = 10, Path = 10, PathRatio = 1e-3 })),
        ("pooled-ridge", new PooledRidge(new RidgeOptions { Lambda = 10, Path = 8, PathRatio = 1e-4 })),
        ("mean-ridge", new MeanRidge(new MeanRidgeOptions { Lambda = 10, Path = 10, PathRatio = 1e-3 })),
    ];

    private static readonly (string Name, LinearMethod Method)[] Iterated =
    [
        ("mtrl", new TaskRelationship(new TaskRelationshipOptions { Lambda = 0.1, Path = 5, PathRatio = 1e-2, Tolerance = Tolerance, Iterations = 300 })),
        ("trace-norm", new TraceNorm(new TraceNormOptions { Lambda = 10, Path = 5, PathRatio = 1e-2, Tolerance = Tolerance, Iterations = 300 })),
        ("joint-features", new JointFeatureSelection(new JointFeatureSelectionOptions { Lambda = 10, Path = 5, PathRatio = 1e-2, Tolerance = Tolerance, Iterations = 300 })),
    ];

    [Theory]
    [InlineData(0.30, 34.5)]
    [InlineData(0.75, 36.3)]
    public void Sharing_beats_single_schools_with_strengths_from_cross_validation_on_training_rows(double share, double least)
    {
        var school = SchoolData.Read();
        school.Tasks.ShouldBe(139);
        var splits = Enumerable.Range(1, Splits).Select(seed => school.Split(share, (ulong)seed)).ToArray();

        var clock = Stopwatch.StartNew();
        var percent = Closed.ToDictionary(method => method.Name, method => splits.Select(split => 100 * split.Measure(method.Method)).ToArray());
        foreach (var (name, values) in percent)
            output.WriteLine($"{share:P0} {name}: {values.Average():F2} % over {Splits} splits");
        output.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s");

        percent["mean-ridge"].Average().ShouldBeGreaterThanOrEqualTo(least);
        percent["mean-ridge"].Average().ShouldBeGreaterThan(percent["pooled-ridge"].Average());
        foreach (var (name, method) in Iterated)
        {
            var values = splits.Select(split => 100 * split.Measure(method)).ToArray();
            output.WriteLine($"{share:P0} {name}: {values.Average():F2} % over {Splits} splits ({clock.Elapsed.TotalSeconds:F1} s)");
            values.Average().ShouldBeGreaterThanOrEqualTo(percent["ridge"].Average(), name);
        }
    }
}
