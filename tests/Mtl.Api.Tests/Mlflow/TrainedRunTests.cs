using System.Diagnostics;
using System.Net;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>What the platform trains, seen by MLflow's clients.</summary>
[Collection(ServerCollection.Name)]
public sealed class TrainedRunTests(RunningServer server)
{
    /// <summary>Reads the folder as mlflow.onnx does: the MLmodel's YAML, the flavours, then the model through ONNX's own checker; and compares the signature with the graph.</summary>
    private const string Reader = """
        import json, os, sys, yaml, onnx
        folder = sys.argv[1]
        model = yaml.safe_load(open(os.path.join(folder, "MLmodel")))
        flavor = model["flavors"]["onnx"]
        assert model["flavors"]["python_function"]["loader_module"] == "mlflow.onnx"
        path = os.path.join(folder, flavor["data"])
        onnx.checker.check_model(path)
        graph = onnx.load(path).graph
        types = {1: "float32", 8: "object"}
        def tensors(values):
            return [(v.name, types[v.type.tensor_type.elem_type], len(v.type.tensor_type.shape.dim)) for v in values]
        def specs(text):
            return [(s["name"], s["tensor-spec"]["dtype"], len(s["tensor-spec"]["shape"])) for s in json.loads(text)]
        assert sorted(specs(model["signature"]["inputs"])) == sorted(tensors(graph.input)), tensors(graph.input)
        assert sorted(specs(model["signature"]["outputs"])) == sorted(tensors(graph.output)), tensors(graph.output)
        environment = yaml.safe_load(open(os.path.join(folder, model["flavors"]["python_function"]["env"]["conda"])))
        requirements = open(os.path.join(folder, "requirements.txt")).read().split()
        assert environment["dependencies"][-1]["pip"] == requirements
        yaml.safe_load(open(os.path.join(folder, model["flavors"]["python_function"]["env"]["virtualenv"])))
        print(model["run_id"], ",".join(name for name, _, _ in specs(model["signature"]["outputs"])))
        """;

    [Fact]
    public async Task A_trained_run_is_a_run()
    {
        var run = (await server.GetAsync($"runs/get?run_id={(await server.ModelAsync()).RunId}").OkAsync())["run"]!;

        ((string)run["info"]!["status"]!).ShouldBe("FINISHED");
        run["info"]!["end_time"].ShouldNotBeNull();
        var parameters = run["data"]!["params"]!.AsArray().ToDictionary(pair => (string)pair!["key"]!, pair => (string)pair!["value"]!);
        parameters["architecture"].ShouldBe("hps");
        parameters["tasks.price.kind"].ShouldBe("regression");
        parameters["training.batchSize"].ShouldBe("32");
        var tags = run["data"]!["tags"]!.AsArray().ToDictionary(pair => (string)pair!["key"]!, pair => (string)pair!["value"]!);
        (tags["mlflow.runName"], tags["mlflow.source.type"]).ShouldBe(((string)run["info"]!["run_name"]!, "JOB"));
        run["data"]!["metrics"]!.AsArray().Select(metric => (string)metric!["key"]!).ShouldContain("price/test_mae");
    }

    [Fact]
    public async Task Its_tags_are_everyones()
    {
        var run = (await server.ModelAsync()).RunId;

        (await server.PostAsync("runs/set-tag", $$"""{"run_id": "{{run}}", "key": "reviewed", "value": "yes"}""")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
        (await server.PostAsync("runs/delete-tag", $$"""{"run_id": "{{run}}", "key": "reviewed"}""")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
    }

    [Fact]
    public async Task Its_experiment_and_model_are_MLflows_too()
    {
        var run = (await server.ModelAsync()).RunId;
        var experiment = (await server.GetAsync("experiments/get-by-name?experiment_name=Houses").OkAsync())["experiment"]!;

        var version = (await server.GetAsync("model-versions/get?name=houses&version=1").OkAsync())["model_version"]!;

        ((string)version["run_id"]!, (string)version["status"]!, (string)version["current_stage"]!).ShouldBe((run, "READY", "None"));
        ((string)version["source"]!).ShouldBe($"mlflow-artifacts:/{experiment["experiment_id"]}/{run}/artifacts/model");
        ((string)(await server.GetAsync("model-versions/get-download-uri?name=houses&version=1").OkAsync())["artifact_uri"]!).ShouldBe((string)version["source"]!);
        ((string)(await server.GetAsync("registered-models/get?name=houses").OkAsync())["registered_model"]!["latest_versions"]![0]!["version"]!).ShouldBe("1");
    }

    [Fact]
    public async Task Its_export_is_laid_out_as_an_MLflow_model()
    {
        var run = (await server.ModelAsync()).RunId;
        var source = ((string)(await server.GetAsync("model-versions/get-download-uri?name=houses&version=1").OkAsync())["artifact_uri"]!)["mlflow-artifacts:/".Length..];
        var folder = Directory.CreateTempSubdirectory("mtl-mlmodel-");
        try
        {
            var files = (await server.SendAsync("GET", $"/api/2.0/mlflow-artifacts/artifacts?path={source}")).Json["files"]!.AsArray().Select(file => (string)file!["path"]!).ToArray();
            files.ShouldBe(["MLmodel", "conda.yaml", "model.onnx", "python_env.yaml", "requirements.txt"]);
            foreach (var file in files)
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, file), await server.Client.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/{source}/{file}"));
            var (_, missing, _) = Python("-c", "import importlib.util as u; print(' '.join(m for m in ('onnx', 'yaml') if u.find_spec(m) is None))");
            Assert.SkipWhen(missing.Length > 0, $"Python lacks {missing}; on Debian: apt-get install python3-onnx python3-yaml.");

            var (exitCode, output, error) = Python("-c", Reader, folder.FullName);

            exitCode.ShouldBe(0, error);
            output.ShouldBe($"{run} price,sold,sold_label,region,region_label");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Debian's own interpreter, because that is the one its packages are for.</summary>
    private static (int ExitCode, string Output, string Error) Python(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Trim(), error.GetAwaiter().GetResult());
    }
}
