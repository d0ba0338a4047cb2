using System.Diagnostics;

namespace Mtl.Learning.Tests.Examples;

/// <summary>The example a reader can run is compiled and run as a reader would.</summary>
public class MixturesExampleTests
{
    [Fact]
    public void It_clusters_points_and_tasks_and_finds_anomalies()
    {
        var output = Run("examples/mixtures.cs");

        output.ShouldContain("chosen: 3; 9");
        output.ShouldContain("y00 y03 y06 y09 y12 y15 y18 y21");
        output.ShouldContain("y01 y04 y07 y10 y13 y16 y19 y22");
        output.ShouldContain("y02 y05 y08 y11 y14 y17 y20 y23");
        output.ShouldContain("area under the ROC curve: 0.9");
    }

    private static string Run(string program)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "MtlPlatform.sln")))
            root = root.Parent!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", program, "-c", "Release"])
        {
            WorkingDirectory = root.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, output + errors.Result);
        return output;
    }
}
