using static Mtl.Api.Tests.Security.RouteKind;
using static Mtl.Api.Tests.Security.SecuredServer;

namespace Mtl.Api.Tests.Security;

/// <summary>The rows of MLflow's API, under both of its prefixes.</summary>
internal static class MlflowRouteTable
{
    private const string Artifacts = $"{Experiment}/{Run}/artifacts";

    private static readonly string[] Prefixes = ["/api/2.0", "/ajax-api/2.0"];

    /// <summary>Method and path behind the prefix → kind, address behind the prefix, body.</summary>
    private static readonly Dictionary<string, RouteRow> Routes = new()
    {
        ["POST /mlflow/experiments/create"] = new(Makes, "/mlflow/experiments/create", """{"name":" "}"""),
        ["GET /mlflow/experiments/get"] = new(Reads, $"/mlflow/experiments/get?experiment_id={Experiment}"),
        ["GET /mlflow/experiments/get-by-name"] = new(Reads, "/mlflow/experiments/get-by-name?experiment_name=Closed"),
        ["GET /mlflow/experiments/search"] = new(SignedIn, "/mlflow/experiments/search?max_results=5"),
        ["POST /mlflow/experiments/search"] = new(SignedIn, "/mlflow/experiments/search", """{"max_results":5}"""),
        ["GET /mlflow/experiments/list"] = new(SignedIn, "/mlflow/experiments/list?max_results=5"),
        ["POST /mlflow/experiments/update"] = Change("experiments/update", $$"""{"experiment_id":"{{Experiment}}","new_name":"x"}"""),
        ["POST /mlflow/experiments/delete"] = Change("experiments/delete", $$"""{"experiment_id":"{{Experiment}}"}"""),
        ["POST /mlflow/experiments/restore"] = Change("experiments/restore", $$"""{"experiment_id":"{{Experiment}}"}"""),
        ["POST /mlflow/experiments/set-experiment-tag"] = Change("experiments/set-experiment-tag", $$"""{"experiment_id":"{{Experiment}}","key":"k","value":"v"}"""),
        ["POST /mlflow/experiments/delete-experiment-tag"] = Change("experiments/delete-experiment-tag", $$"""{"experiment_id":"{{Experiment}}","key":"k"}"""),

        ["POST /mlflow/runs/create"] = Change("runs/create", $$"""{"experiment_id":"{{Experiment}}"}"""),
        ["GET /mlflow/runs/get"] = new(Reads, $"/mlflow/runs/get?run_id={Run}"),
        ["POST /mlflow/runs/update"] = Change("runs/update", $$"""{"run_id":"{{Run}}","status":"FAILED"}"""),
        ["POST /mlflow/runs/delete"] = Change("runs/delete", $$"""{"run_id":"{{Run}}"}"""),
        ["POST /mlflow/runs/restore"] = Change("runs/restore", $$"""{"run_id":"{{Run}}"}"""),
        ["POST /mlflow/runs/search"] = new(SignedIn, "/mlflow/runs/search", $$"""{"experiment_ids":["{{Experiment}}"]}"""),
        ["POST /mlflow/runs/log-metric"] = Change("runs/log-metric", $$"""{"run_id":"{{Run}}","key":"k","value":1,"timestamp":1}"""),
        ["POST /mlflow/runs/log-parameter"] = Change("runs/log-parameter", $$"""{"run_id":"{{Run}}","key":"k","value":"v"}"""),
        ["POST /mlflow/runs/log-batch"] = Change("runs/log-batch", $$"""{"run_id":"{{Run}}","metrics":[{"key":"k","value":1,"timestamp":1}]}"""),
        ["POST /mlflow/runs/set-tag"] = Change("runs/set-tag", $$"""{"run_id":"{{Run}}","key":"k","value":"v"}"""),
        ["POST /mlflow/runs/delete-tag"] = Change("runs/delete-tag", $$"""{"run_id":"{{Run}}","key":"k"}"""),
        ["POST /mlflow/runs/log-model"] = Change("runs/log-model", $$"""{"run_id":"{{Run}}","model_json":"{\"artifact_path\":\"m\",\"flavors\":{},\"utc_time_created\":\"\",\"run_id\":\"{{Run}}\"}"}"""),
        ["POST /mlflow/runs/log-inputs"] = Change("runs/log-inputs", $$$"""{"run_id":"{{{Run}}}","datasets":[{"dataset":{"name":"n","digest":"d","source_type":"t","source":"s"}}]}"""),
        ["POST /mlflow/runs/outputs"] = Change("runs/outputs", $$"""{"run_id":"{{Run}}","models":[{"model_id":"{{LoggedModel}}","step":1}]}"""),

        ["GET /mlflow/metrics/get-history"] = new(Reads, $"/mlflow/metrics/get-history?run_id={Run}&metric_key=k"),
        ["GET /mlflow/metrics/get-history-bulk"] = new(Reads, $"/mlflow/metrics/get-history-bulk?run_id={Run}&metric_key=k"),
        ["GET /mlflow/metrics/get-history-bulk-interval"] = new(Reads, $"/mlflow/metrics/get-history-bulk-interval?run_ids={Run}&metric_key=k"),
        ["GET /mlflow/artifacts/list"] = new(Reads, $"/mlflow/artifacts/list?run_id={Run}"),

        ["POST /mlflow/registered-models/create"] = new(Makes, "/mlflow/registered-models/create", """{"name":" "}"""),
        ["GET /mlflow/registered-models/get"] = new(Reads, $"/mlflow/registered-models/get?name={Model}"),
        ["POST /mlflow/registered-models/rename"] = Change("registered-models/rename", $$"""{"name":"{{Model}}","new_name":"x"}"""),
        ["PATCH /mlflow/registered-models/update"] = Change("registered-models/update", $$"""{"name":"{{Model}}","description":"x"}"""),
        ["DELETE /mlflow/registered-models/delete"] = Change("registered-models/delete", $$"""{"name":"{{Model}}"}"""),
        ["GET /mlflow/registered-models/search"] = new(SignedIn, "/mlflow/registered-models/search"),
        ["GET /mlflow/registered-models/get-latest-versions"] = new(Reads, $"/mlflow/registered-models/get-latest-versions?name={Model}"),
        ["POST /mlflow/registered-models/get-latest-versions"] = new(Reads, "/mlflow/registered-models/get-latest-versions", $$"""{"name":"{{Model}}"}"""),
        ["POST /mlflow/registered-models/set-tag"] = Change("registered-models/set-tag", $$"""{"name":"{{Model}}","key":"k","value":"v"}"""),
        ["DELETE /mlflow/registered-models/delete-tag"] = Change("registered-models/delete-tag", $$"""{"name":"{{Model}}","key":"k"}"""),
        ["POST /mlflow/registered-models/alias"] = Change("registered-models/alias", $$"""{"name":"{{Model}}","alias":"a","version":"1"}"""),
        ["DELETE /mlflow/registered-models/alias"] = Change("registered-models/alias", $$"""{"name":"{{Model}}","alias":"a"}"""),
        ["GET /mlflow/registered-models/alias"] = new(Reads, $"/mlflow/registered-models/alias?name={Model}&alias=a", IsThere: false),

        ["POST /mlflow/model-versions/create"] = Change("model-versions/create", $$"""{"name":"{{Model}}","source":"s3://bucket/m"}"""),
        ["GET /mlflow/model-versions/get"] = new(Reads, $"/mlflow/model-versions/get?name={Model}&version=1"),
        ["PATCH /mlflow/model-versions/update"] = Change("model-versions/update", $$"""{"name":"{{Model}}","version":"1","description":"x"}"""),
        ["POST /mlflow/model-versions/transition-stage"] = Change("model-versions/transition-stage", $$"""{"name":"{{Model}}","version":"1","stage":"Production"}"""),
        ["DELETE /mlflow/model-versions/delete"] = Change("model-versions/delete", $$"""{"name":"{{Model}}","version":"1"}"""),
        ["GET /mlflow/model-versions/search"] = new(SignedIn, "/mlflow/model-versions/search"),
        ["GET /mlflow/model-versions/get-download-uri"] = new(Reads, $"/mlflow/model-versions/get-download-uri?name={Model}&version=1"),
        ["POST /mlflow/model-versions/set-tag"] = Change("model-versions/set-tag", $$"""{"name":"{{Model}}","version":"1","key":"k","value":"v"}"""),
        ["DELETE /mlflow/model-versions/delete-tag"] = Change("model-versions/delete-tag", $$"""{"name":"{{Model}}","version":"1","key":"k"}"""),

        ["POST /mlflow/logged-models"] = Change("logged-models", $$"""{"experiment_id":"{{Experiment}}","name":"x"}"""),
        ["POST /mlflow/logged-models/search"] = new(SignedIn, "/mlflow/logged-models/search", $$"""{"experiment_ids":["{{Experiment}}"]}"""),
        ["GET /mlflow/logged-models/{model_id}"] = new(Reads, $"/mlflow/logged-models/{LoggedModel}"),
        ["PATCH /mlflow/logged-models/{model_id}"] = Change($"logged-models/{LoggedModel}", """{"status":"LOGGED_MODEL_READY"}"""),
        ["DELETE /mlflow/logged-models/{model_id}"] = Change($"logged-models/{LoggedModel}", "{}"),
        ["POST /mlflow/logged-models/{model_id}/params"] = Change($"logged-models/{LoggedModel}/params", """{"params":[{"key":"k","value":"v"}]}"""),
        ["PATCH /mlflow/logged-models/{model_id}/tags"] = Change($"logged-models/{LoggedModel}/tags", """{"tags":[{"key":"k","value":"v"}]}"""),
        ["DELETE /mlflow/logged-models/{model_id}/tags/{tag_key}"] = Change($"logged-models/{LoggedModel}/tags/k", "{}"),
        ["GET /mlflow/logged-models/{model_id}/artifacts/directories"] = new(Reads, $"/mlflow/logged-models/{LoggedModel}/artifacts/directories"),

        ["POST /mlflow/users/create"] = new(Administers, "/mlflow/users/create", """{"username":"eve","password":"correct horse battery"}"""),
        ["GET /mlflow/users/get"] = new(Administers, "/mlflow/users/get?username=root"),
        ["PATCH /mlflow/users/update-password"] = new(Administers, "/mlflow/users/update-password", """{"username":"root","password":"correct horse battery"}"""),
        ["PATCH /mlflow/users/update-admin"] = new(Administers, "/mlflow/users/update-admin", """{"username":"root","is_admin":false}"""),
        ["DELETE /mlflow/users/delete"] = new(Administers, "/mlflow/users/delete", """{"username":"root"}"""),
        ["POST /mlflow/experiments/permissions/create"] = Change("experiments/permissions/create", $$"""{"experiment_id":"{{Experiment}}","username":"grace","permission":"READ"}"""),
        ["GET /mlflow/experiments/permissions/get"] = new(Edits, $"/mlflow/experiments/permissions/get?experiment_id={Experiment}&username=ada"),
        ["PATCH /mlflow/experiments/permissions/update"] = Change("experiments/permissions/update", $$"""{"experiment_id":"{{Experiment}}","username":"ada","permission":"READ"}"""),
        ["DELETE /mlflow/experiments/permissions/delete"] = Change("experiments/permissions/delete", $$"""{"experiment_id":"{{Experiment}}","username":"ada"}"""),
        ["POST /mlflow/registered-models/permissions/create"] = Change("registered-models/permissions/create", $$"""{"name":"{{Model}}","username":"grace","permission":"READ"}"""),
        ["GET /mlflow/registered-models/permissions/get"] = new(Edits, $"/mlflow/registered-models/permissions/get?name={Model}&username=ada"),
        ["PATCH /mlflow/registered-models/permissions/update"] = Change("registered-models/permissions/update", $$"""{"name":"{{Model}}","username":"ada","permission":"READ"}"""),
        ["DELETE /mlflow/registered-models/permissions/delete"] = Change("registered-models/permissions/delete", $$"""{"name":"{{Model}}","username":"ada"}"""),

        ["GET /mlflow-artifacts/artifacts"] = new(Reads, $"/mlflow-artifacts/artifacts?path={Artifacts}"),
        ["GET /mlflow-artifacts/artifacts/{**path}"] = new(Reads, $"/mlflow-artifacts/artifacts/{Artifacts}/notes.txt"),
        ["PUT /mlflow-artifacts/artifacts/{**path}"] = new(Edits, $"/mlflow-artifacts/artifacts/{Artifacts}/new.txt", "text"),
        ["DELETE /mlflow-artifacts/artifacts/{**path}"] = new(Edits, $"/mlflow-artifacts/artifacts/{Artifacts}/notes.txt"),
        ["POST /mlflow-artifacts/mpu/create/{**artifact_path}"] = new(Edits, $"/mlflow-artifacts/mpu/create/{Artifacts}", """{"path":"new.txt","num_parts":1}"""),
        ["POST /mlflow-artifacts/mpu/complete/{**artifact_path}"] = new(Edits, $"/mlflow-artifacts/mpu/complete/{Artifacts}", """{"path":"new.txt","upload_id":"x","parts":[]}"""),
        ["POST /mlflow-artifacts/mpu/abort/{**artifact_path}"] = new(Edits, $"/mlflow-artifacts/mpu/abort/{Artifacts}", """{"path":"new.txt","upload_id":"x"}"""),
        ["PUT /mlflow-artifacts/mpu/parts/{uploadId}/{number:int}"] = new(Proven, "/mlflow-artifacts/mpu/parts/none/1", "part"),
        ["* /{**path}"] = new(SignedIn, "/none", IsThere: false),
    };

    public static IEnumerable<KeyValuePair<string, RouteRow>> Rows =>
        from prefix in Prefixes
        from route in Routes
        let words = route.Key.Split(' ')
        select KeyValuePair.Create($"{words[0]} {prefix}{words[1]}", route.Value with { Path = prefix + route.Value.Path });

    private static RouteRow Change(string path, string json) => new(Edits, $"/mlflow/{path}", json);
}
