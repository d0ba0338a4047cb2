using System.Diagnostics;
using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;

namespace Mtl.Graph.Tests;

/// <summary>The reference checker of the ONNX project, with its own shape inference, over every operator and its gradient.</summary>
public class OnnxCheckerTests
{
    private const string Script = """
        import glob, sys, onnx
        for path in sorted(glob.glob(sys.argv[1] + "/*.onnx")):
            try:
                onnx.checker.check_model(onnx.load(path), full_check=True)
            except Exception as e:
                print(path, e)
        """;

    [Fact]
    public void The_onnx_checker_accepts_what_is_written()
    {
        var folder = Directory.CreateTempSubdirectory("mtl-onnx-");
        try
        {
            foreach (var (name, model) in Models()) File.WriteAllBytes(Path.Combine(folder.FullName, $"{name.Replace(' ', '-')}.onnx"), model);

            var (exitCode, output, error) = Python("-c", "import onnx");
            Assert.SkipWhen(exitCode != 0, $"python3-onnx is not installed ({error.Trim()}); on Debian: apt-get install python3-onnx.");
            (exitCode, output, error) = Python("-c", Script, folder.FullName);

            output.ShouldBe("");
            exitCode.ShouldBe(0, error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Name, byte[] Model)> Models()
    {
        foreach (var (name, function, shapes) in OperatorGradientTests.Functions)
        {
            Node[] inputs = [.. shapes.Select((s, i) => Node.Input($"x{i}", ElementType.Float, s))];
            var output = function(inputs);
            var gradients = Gradient.Pullback([output], [output.ZerosLike() + 1], inputs);
            yield return (name, OnnxModel.Write(ComputationGraph.Of(
                [("y", output), .. gradients.Select((g, i) => (Name: $"g{i}", Node: g!)).Where(g => g.Node is not null)])));
        }

        Node text = Node.Input("s", ElementType.String, ["batch"]), x = Node.Input("x", ElementType.Float, ["batch", 3]);
        var codes = text.EncodeLabels(["a", "b"], 2);
        var known = x.IsNaN().Not().And(x.Less(3).Or(x.Greater(5)).Or(x.Equal(x.Floor().Sign())));
        yield return ("labels and masks", OnnxModel.Write(ComputationGraph.Of(
            [("codes", codes), ("texts", x.ArgMax().DecodeLabels(["a", "b", "c"])), ("hot", codes.OneHot(3)), ("known", known), ("shape", x.ShapeOf())],
            metadata: new Dictionary<string, string> { ["k"] = "v" })));
    }

    /// <summary>Debian's own interpreter, because that is the one its packages are for.</summary>
    private static (int ExitCode, string Output, string Error) Python(params string[] arguments)
    {
        var interpreter = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (1, "", e.Message);
        }
    }
}
