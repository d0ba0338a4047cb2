using System.Net;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>What each endpoint answers to each mistake: a row per endpoint and error, with MLflow's code, HTTP status and words.</summary>
[Collection(ServerCollection.Name)]
public sealed class ConformanceTests(RunningServer server)
{
    private const string SeeDocs = " See the API docs for more information about request parameters.";

    /// <summary>Method, route, body (of GET: in the route's query), status, code, message. <c>{run}</c>, <c>{deleted}</c>, <c>{experiment}</c>, <c>{gone}</c>, <c>{model}</c>, <c>{logged}</c> and <c>{trained}</c> stand for what there is.</summary>
    public static TheoryData<string, string, string, HttpStatusCode, string, string> Rows => new()
    {
        { "POST", "experiments/create", """{"name": "Default"}""", HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS", "Experiment(name=Default) already exists. An experiment named 'Default' exists already (id '0'). Choose another name, or open that experiment." },
        { "POST", "experiments/create", "{}", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'name'.{SeeDocs}" },
        { "POST", "experiments/create", """{"name": ""}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'name'.{SeeDocs}" },
        { "POST", "experiments/create", """{"name": "  "}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid experiment name: '  '" },
        { "POST", "experiments/create", """{"name": 5}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 5 for parameter 'name' supplied: Hint: Value was of type 'int'.{SeeDocs}" },
        { "POST", "experiments/create", """{"name": "x", "tags": {"a": "b"}}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $$"""Invalid value {"a": "b"} for parameter 'tags' supplied: Hint: Value was of type 'dict'.{{SeeDocs}}""" },
        { "POST", "experiments/create", """{"name": "x", "tags": [{"value": "b"}]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'tags[0].key'.{SeeDocs}" },
        { "POST", "experiments/create", """{"name": "x", "artifact_location": "/etc"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid artifact location: '/etc'. It must be the address of a store that clients reach by themselves (such as s3://bucket/folder), or be left out. Without one, files are kept on this server." },
        { "POST", "experiments/create", "[1]", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The request's body is a list; it must be a JSON object." },
        { "POST", "experiments/create", """{"name": "\ud800"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value for parameter 'name' supplied: its text holds half of a surrogate pair.{SeeDocs}" },
        { "POST", "experiments/create", """{"name": "a\u0000b"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value for parameter 'name' supplied: its text holds the character U+0000.{SeeDocs}" },
        { "GET", "experiments/get?experiment_id=nope", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=nope exists" },
        { "GET", "experiments/get", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'experiment_id'.{SeeDocs}" },
        { "GET", "experiments/get-by-name?experiment_name=nope", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name 'nope'" },
        { "POST", "experiments/search", """{"filter": "name == 'x'"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid comparator '==' for 'name': not one of [=, !=, LIKE, ILIKE]." },
        { "GET", "experiments/search?max_results=0", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 0 for parameter 'max_results' supplied: It must be from 1 to 50000.{SeeDocs}" },
        { "GET", "experiments/search?max_results=many", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value \"many\" for parameter 'max_results' supplied: Hint: Value was of type 'str'; a whole number of 64 bits is expected.{SeeDocs}" },
        { "GET", "experiments/search?view_type=SOME", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value \"SOME\" for parameter 'view_type' supplied: It must be one of ACTIVE_ONLY, DELETED_ONLY, ALL.{SeeDocs}" },
        { "POST", "experiments/search", """{"order_by": ["sideways up"]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid attribute key 'sideways' specified. Valid keys are [name, experiment_id, creation_time, last_update_time]." },
        { "POST", "experiments/search", """{"order_by": "name"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value \"name\" for parameter 'order_by' supplied: Hint: Value was of type 'str'.{SeeDocs}" },
        { "POST", "experiments/update", """{"experiment_id": "{experiment}"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'new_name'.{SeeDocs}" },
        { "POST", "experiments/update", """{"experiment_id": "nope", "new_name": "x"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=nope exists" },
        { "POST", "experiments/update", """{"experiment_id": "{gone}", "new_name": "x"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The experiment {gone} must be in the 'active' state. Current state is deleted." },
        { "POST", "experiments/update", """{"experiment_id": "{experiment}", "new_name": "Default"}""", HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS", "An experiment named 'Default' exists already (id '0'). Choose another name, or open that experiment." },
        { "POST", "experiments/delete", """{"experiment_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=nope exists" },
        { "POST", "experiments/delete", """{"experiment_id": "{gone}"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The experiment {gone} must be in the 'active' state. Current state is deleted." },
        { "POST", "experiments/delete", """{"experiment_id": "0"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The default experiment can't be deleted: runs of clients that name no experiment go there. Delete its runs instead." },
        { "POST", "experiments/restore", """{"experiment_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=nope exists" },
        { "POST", "experiments/set-experiment-tag", """{"experiment_id": "{experiment}", "key": "a\tb", "value": "x"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid tag name: 'a\tb'. Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colons (:) and slashes (/)." },
        { "POST", "experiments/set-experiment-tag", """{"experiment_id": "nope", "key": "a", "value": "x"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=nope exists" },
        { "POST", "experiments/delete-experiment-tag", """{"experiment_id": "{experiment}", "key": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No tag with name: nope in experiment with id {experiment}" },
        { "POST", "runs/create", """{"experiment_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=nope exists" },
        { "POST", "runs/create", """{"experiment_id": "{gone}"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The experiment {gone} must be in the 'active' state. Current state is deleted." },
        { "POST", "runs/create", """{"experiment_id": "{experiment}", "start_time": "soon"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value \"soon\" for parameter 'start_time' supplied: Hint: Value was of type 'str'; a whole number of 64 bits is expected.{SeeDocs}" },
        { "POST", "runs/create", """{"experiment_id": "{experiment}", "start_time": -1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value -1 for parameter 'start_time' supplied: It must be from 0 to 253402300799999.{SeeDocs}" },
        { "POST", "runs/create", """{"experiment_id": "{experiment}", "run_name": "a", "tags": [{"key": "mlflow.runName", "value": "b"}]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='a', mlflow.runName='b')." },
        { "GET", "runs/get?run_id=nope", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "GET", "runs/get", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'run_id'.{SeeDocs}" },
        { "POST", "runs/update", """{"run_id": "nope", "status": "FINISHED"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "POST", "runs/update", """{"run_id": "{run}", "status": "DONE"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value \"DONE\" for parameter 'status' supplied: It must be one of RUNNING, SCHEDULED, FINISHED, FAILED, KILLED.{SeeDocs}" },
        { "POST", "runs/update", """{"run_id": "{run}", "run_name": ""}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid run name: ''. A run needs a name." },
        { "POST", "runs/update", """{"run_id": "{deleted}", "status": "FINISHED"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The run {deleted} must be in the 'active' state. Current state is deleted." },
        { "POST", "runs/update", """{"run_id": "{trained}", "status": "FAILED"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The platform trains the run {trained} and sets its status: it is FINISHED, and can't be made FAILED. A finished run stays as it is." },
        { "POST", "runs/delete", """{"run_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "POST", "runs/restore", """{"run_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "POST", "runs/search", """{"experiment_ids": ["{experiment}"], "filter": "metrics.a > 'x'"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Expected numeric value type for metric 'a'. Found ''x'' at character 13." },
        { "POST", "runs/search", """{"experiment_ids": ["{experiment}"], "max_results": 50001}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 50001 for parameter 'max_results' supplied: It must be from 1 to 50000.{SeeDocs}" },
        { "POST", "runs/search", """{"experiment_ids": [1]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 1 for parameter 'experiment_ids[0]' supplied: Hint: Value was of type 'int'.{SeeDocs}" },
        { "POST", "runs/log-metric", """{"run_id": "nope", "key": "a", "value": 1, "timestamp": 1}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "a", "timestamp": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'value'.{SeeDocs}" },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "a", "value": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'timestamp'.{SeeDocs}" },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "a", "value": "high", "timestamp": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value \"high\" for parameter 'value' supplied: Hint: Value was of type 'str'; a number of 64 bits is expected.{SeeDocs}" },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "a", "value": true, "timestamp": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value true for parameter 'value' supplied: Hint: Value was of type 'bool'.{SeeDocs}" },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "a", "value": 1, "timestamp": 1.5}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 1.5 for parameter 'timestamp' supplied: Hint: Value was of type 'float'.{SeeDocs}" },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "../a", "value": 1, "timestamp": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid metric name: '../a'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '../a'" },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "a//b", "value": 1, "timestamp": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid metric name: 'a//b'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to 'a/b'" },
        { "POST", "runs/log-metric", """{"run_id": "{deleted}", "key": "a", "value": 1, "timestamp": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The run {deleted} must be in the 'active' state. Current state is deleted." },
        { "POST", "runs/log-metric", """{"run_id": "{trained}", "key": "a", "value": 1, "timestamp": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The platform trains the run {trained} and writes its metrics; 'a' can't be logged to it. Log to a run of your own; tags may be set on this one." },
        { "POST", "runs/log-parameter", """{"run_id": "{run}", "key": "fixed", "value": "2"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "*fixed*1*2*" },
        { "POST", "runs/log-parameter", """{"run_id": "{run}", "key": "a", "value": 1}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 1 for parameter 'value' supplied: Hint: Value was of type 'int'.{SeeDocs}" },
        { "POST", "runs/log-parameter", """{"run_id": "{run}", "value": "1"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'key'.{SeeDocs}" },
        { "POST", "runs/log-parameter", """{"run_id": "{trained}", "key": "a", "value": "1"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The platform trains the run {trained}; its parameters are its definition's, and 'a' can't be made '1'. Log to a run of your own; tags may be set on this one." },
        { "POST", "runs/log-batch", """{"run_id": "{run}", "params": [{"key": "p", "value": "1"}, {"key": "p", "value": "2"}]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Duplicate parameter keys have been submitted: ['p']. Please ensure the request contains only one param value per param key." },
        { "POST", "runs/log-batch", """{"run_id": "{run}", "metrics": [{"key": "m", "value": 1, "timestamp": 1}, {"key": "m", "timestamp": 1}]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'metrics[1].value'.{SeeDocs}" },
        { "POST", "runs/log-batch", """{"run_id": "{run}", "metrics": "m"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value \"m\" for parameter 'metrics' supplied: Hint: Value was of type 'str'.{SeeDocs}" },
        { "POST", "runs/log-batch", """{"run_id": "{run}", "metrics": [5]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 5 for parameter 'metrics[0]' supplied: Hint: Value was of type 'int'.{SeeDocs}" },
        { "POST", "runs/log-batch", """{"run_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "POST", "runs/log-batch", "{\"run_id\": ", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The request's body is not JSON: *" },
        { "POST", "runs/set-tag", """{"run_id": "{run}", "key": "/a", "value": "1"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid tag name: '/a'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '/a'" },
        { "POST", "runs/set-tag", """{"run_id": "{deleted}", "key": "a", "value": "1"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "The run {deleted} must be in the 'active' state. Current state is deleted." },
        { "POST", "runs/delete-tag", """{"run_id": "{run}", "key": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No tag with name: nope in run with id {run}" },
        { "POST", "runs/log-model", """{"run_id": "{run}", "model_json": "{"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Malformed model info. { is not a JSON object." },
        { "POST", "runs/log-model", """{"run_id": "{run}", "model_json": "{\"flavors\": {}}"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Model json is missing mandatory fields: artifact_path." },
        { "POST", "runs/log-inputs", """{"run_id": "{run}", "datasets": [{"dataset": {"name": "n", "digest": "d", "source_type": "s"}}]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'datasets[0].dataset.source'.{SeeDocs}" },
        { "POST", "runs/log-inputs", """{"run_id": "{run}", "datasets": [{}]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'datasets[0].dataset'.{SeeDocs}" },
        { "POST", "runs/log-inputs", """{"run_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "POST", "runs/outputs", """{"run_id": "nope", "models": [{"model_id": "m", "step": 0}]}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "POST", "runs/outputs", """{"run_id": "{run}", "models": [{"step": 0}]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'models[0].model_id'.{SeeDocs}" },
        { "GET", "metrics/get-history?run_id={run}", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'metric_key'.{SeeDocs}" },
        { "GET", "metrics/get-history?run_id=nope&metric_key=a", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "GET", "metrics/get-history?run_id={run}&metric_key=a&max_results=2&page_token=x", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid page token: 'x' is not one that a page of a metric's history gave." },
        { "GET", "metrics/get-history?run_id={run}&metric_key=a&max_results=25001", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 25001 for parameter 'max_results' supplied: It must be from 1 to 25000.{SeeDocs}" },
        { "GET", "metrics/get-history-bulk?metric_key=a", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'run_id'.{SeeDocs}" },
        { "GET", "metrics/get-history-bulk?run_id=nope&metric_key=a", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "GET", "metrics/get-history-bulk-interval?run_ids={run}&metric_key=a&start_step=1", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "If either start step or end step are specified, both must be specified." },
        { "GET", "metrics/get-history-bulk-interval?run_ids={run}&metric_key=a&start_step=5&end_step=1", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "end_step must be greater than start_step. Found start_step=5 and end_step=1." },
        { "GET", "metrics/get-history-bulk-interval?run_ids={run}&metric_key=a&max_results=2501", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 2501 for parameter 'max_results' supplied: It must be from 1 to 2500.{SeeDocs}" },
        { "GET", "artifacts/list?run_id=nope", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "GET", "artifacts/list?run_id={run}&path=../x", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid path: '../x'. It must be relative to the run's files, without '..'." },
        { "GET", "artifacts/list?run_id={run}&path=/etc", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid path: '/etc'. It must be relative to the run's files, without '..'." },
        { "POST", "registered-models/create", """{"name": "{model}"}""", HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS", "Registered Model (name={model}) already exists." },
        { "POST", "registered-models/create", """{"name": "a/b"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid value for registered model name: 'a/b'. It can't hold '/', ':' or control characters." },
        { "POST", "registered-models/create", """{"name": ".."}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid value for registered model name: '..'. No address can hold it." },
        { "POST", "registered-models/create", """{"name": ""}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'name'.{SeeDocs}" },
        { "GET", "registered-models/get?name=nope", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "POST", "registered-models/rename", """{"name": "nope", "new_name": "x"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "POST", "registered-models/rename", """{"name": "{model}", "new_name": "houses"}""", HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS", "Registered Model (name=houses) already exists." },
        { "PATCH", "registered-models/update", """{"name": "nope", "description": "x"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "DELETE", "registered-models/delete", """{"name": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "GET", "registered-models/search?filter=name%20%3E%20%27a%27", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid comparator '>' for 'name': not one of [=, !=, LIKE, ILIKE]." },
        { "GET", "registered-models/search?max_results=1001", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 1001 for parameter 'max_results' supplied: It must be from 1 to 1000.{SeeDocs}" },
        { "POST", "registered-models/get-latest-versions", """{"name": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "POST", "registered-models/get-latest-versions", """{"name": "{model}", "stages": ["Shelf"]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid Model Version stage: Shelf. Value must be one of None, Staging, Production, Archived." },
        { "POST", "registered-models/set-tag", """{"name": "nope", "key": "a", "value": "b"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "DELETE", "registered-models/delete-tag", """{"name": "nope", "key": "a"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "POST", "registered-models/alias", """{"name": "{model}", "alias": "best", "version": "99"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Model Version (name={model}, version=99) not found" },
        { "POST", "registered-models/alias", """{"name": "{model}", "alias": "best", "version": "two"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Model version must be an integer, got 'two'" },
        { "POST", "registered-models/alias", """{"name": "{model}", "alias": "latest", "version": "1"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "*'latest'*" },
        { "POST", "registered-models/alias", """{"name": "{model}", "alias": "v1", "version": "1"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "*'v1'*" },
        { "DELETE", "registered-models/alias", """{"name": "nope", "alias": "best"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "GET", "registered-models/alias?name={model}&alias=nope", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Registered model alias nope not found." },
        { "POST", "model-versions/create", """{"name": "nope", "source": "runs:/{run}/model"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found" },
        { "POST", "model-versions/create", """{"name": "{model}"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'source'.{SeeDocs}" },
        { "POST", "model-versions/create", """{"name": "{model}", "source": "/etc/passwd"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid model version source: '/etc/passwd'. A version's files are at an address that clients can reach (runs:/…, models:/…, mlflow-artifacts:/…, s3://…), not at a path of this server." },
        { "POST", "model-versions/create", """{"name": "{model}", "source": "file:///etc/passwd"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid model version source: 'file:///etc/passwd'. *" },
        { "POST", "model-versions/create", """{"name": "{model}", "source": "mlflow-artifacts:/0/%2e%2e/x"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid model version source: 'mlflow-artifacts:/0/%2e%2e/x'. It can't hold '..'." },
        { "POST", "model-versions/create", """{"name": "{model}", "source": "runs:/nope/model", "run_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "GET", "model-versions/get?name={model}&version=99", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Model Version (name={model}, version=99) not found" },
        { "GET", "model-versions/get?name={model}&version=99999999999", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Model version must be an integer, got '99999999999'" },
        { "PATCH", "model-versions/update", """{"name": "{model}", "version": "99", "description": "x"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Model Version (name={model}, version=99) not found" },
        { "POST", "model-versions/transition-stage", """{"name": "{model}", "version": "1", "stage": "Shelf", "archive_existing_versions": false}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid Model Version stage: Shelf. Value must be one of None, Staging, Production, Archived." },
        { "POST", "model-versions/transition-stage", """{"name": "{model}", "version": "1", "stage": "Archived", "archive_existing_versions": true}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Model version transition cannot archive existing model versions because 'Archived' is not an Active stage. Valid stages are Staging, Production" },
        { "POST", "model-versions/transition-stage", """{"name": "{model}", "version": "99", "stage": "Staging"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Model Version (name={model}, version=99) not found" },
        { "DELETE", "model-versions/delete", """{"name": "{model}", "version": "99"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Model Version (name={model}, version=99) not found" },
        { "GET", "model-versions/search?filter=nothing%3D%27x%27", "", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid attribute key 'nothing' specified. Valid keys are [name, version_number, run_id, source_path, creation_timestamp, last_updated_timestamp]." },
        { "GET", "model-versions/get-download-uri?name=nope&version=1", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Model Version (name=nope, version=1) not found" },
        { "POST", "model-versions/set-tag", """{"name": "{model}", "version": "99", "key": "a", "value": "b"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Model Version (name={model}, version=99) not found" },
        { "DELETE", "model-versions/delete-tag", """{"name": "{model}", "version": "99", "key": "a"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Model Version (name={model}, version=99) not found" },
        { "POST", "logged-models", """{"experiment_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=nope exists" },
        { "POST", "logged-models", """{"experiment_id": "{experiment}", "name": "a/b"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid model name: 'a/b'. A model name can't hold any of / : . % \" '." },
        { "POST", "logged-models", """{"experiment_id": "{experiment}", "source_run_id": "nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found" },
        { "GET", "logged-models/m-nope", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Logged model with ID 'm-nope' not found." },
        { "PATCH", "logged-models/{logged}", """{"status": "DONE"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid model status: 'DONE'. It must be one of LOGGED_MODEL_PENDING, LOGGED_MODEL_READY, LOGGED_MODEL_UPLOAD_FAILED." },
        { "PATCH", "logged-models/{logged}", "{}", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'status'.{SeeDocs}" },
        { "DELETE", "logged-models/m-nope", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Logged model with ID 'm-nope' not found." },
        { "POST", "logged-models/m-nope/params", """{"params": [{"key": "a", "value": "b"}]}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Logged model with ID 'm-nope' not found." },
        { "PATCH", "logged-models/m-nope/tags", """{"tags": [{"key": "a", "value": "b"}]}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Logged model with ID 'm-nope' not found." },
        { "DELETE", "logged-models/{logged}/tags/nope", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No tag with key nope for model with ID {logged}." },
        { "POST", "logged-models/search", """{"experiment_ids": ["{experiment}"], "datasets": [{"dataset_digest": "d"}]}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter 'datasets[0].dataset_name'.{SeeDocs}" },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "a", "value": 1, "timestamp": 1, "model_id": "m-nope"}""", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "There is no logged model 'm-nope'. List the logged models to see which exist." },
        { "POST", "runs/log-metric", """{"run_id": "{run}", "key": "a", "value": 1, "timestamp": 1, "model_id": "{logged}", "dataset_digest": "0123456789012345678901234567890123456"}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Dataset digest '0123456789012345678901234567890123456' had length 37, which exceeded length limit of 36" },
        { "POST", "logged-models/search", """{"experiment_ids": ["{experiment}"], "max_results": 51}""", HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid value 51 for parameter 'max_results' supplied: It must be from 1 to 50.{SeeDocs}" },
        { "GET", "logged-models/m-nope/artifacts/directories", "", HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Logged model with ID 'm-nope' not found." },
        { "POST", "runs/nothing", "{}", HttpStatusCode.NotFound, "ENDPOINT_NOT_FOUND", "No API found for 'POST /api/2.0/mlflow/runs/nothing'. The supported endpoints are listed in docs/mlflow.md." },
        { "DELETE", "runs/get?run_id={run}", "", HttpStatusCode.NotFound, "ENDPOINT_NOT_FOUND", "No API found for 'DELETE /api/2.0/mlflow/runs/get'. The supported endpoints are listed in docs/mlflow.md." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_mistake_is_answered_in_MLflows_words(string method, string route, string body, HttpStatusCode status, string code, string message)
    {
        var things = await Things.OfAsync(server);

        var answer = method == "GET" || body.Length == 0 ? await server.SendAsync(method, $"/api/2.0/mlflow/{things.In(route)}") : await server.PostAsync(things.In(route), things.In(body), method);

        var error = answer.Json.AsObject();
        (answer.Status, (string?)error["error_code"]).ShouldBe((status, code), answer.Body);
        if (message.Contains('*', StringComparison.Ordinal))
            message.Split('*', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(part => ((string)error["message"]!).Contains(things.In(part), StringComparison.Ordinal), answer.Body);
        else
            ((string)error["message"]!).ShouldBe(things.In(message));
        error.Select(member => member.Key).ShouldBe(["error_code", "message"]);
    }

    /// <summary>What the rows' places stand for; made once for the server.</summary>
    private sealed class Things(IReadOnlyDictionary<string, string> places)
    {
        private static Things? made;
        private static RunningServer? of;

        public string In(string text) => places.Aggregate(text, (current, place) => current.Replace($"{{{place.Key}}}", place.Value, StringComparison.Ordinal));

        public static async Task<Things> OfAsync(RunningServer server)
        {
            if (made is not null && of == server)
                return made;
            var experiment = await server.ExperimentAsync("rows");
            var gone = await server.ExperimentAsync("gone");
            await server.PostAsync("experiments/delete", $$"""{"experiment_id": "{{gone}}"}""").OkAsync();
            var run = await server.RunAsync(experiment);
            await server.PostAsync("runs/log-parameter", $$"""{"run_id": "{{run}}", "key": "fixed", "value": "1"}""").OkAsync();
            var deleted = await server.RunAsync(experiment);
            await server.PostAsync("runs/delete", $$"""{"run_id": "{{deleted}}"}""").OkAsync();
            var model = $"rows-{Guid.NewGuid():N}";
            await server.PostAsync("registered-models/create", $$"""{"name": "{{model}}"}""").OkAsync();
            await server.PostAsync("model-versions/create", $$"""{"name": "{{model}}", "source": "runs:/{{run}}/model", "run_id": "{{run}}"}""").OkAsync();
            var logged = (await server.PostAsync("logged-models", $$"""{"experiment_id": "{{experiment}}", "name": "logged"}""").OkAsync())["model"]!["info"]!["model_id"]!;
            of = server;
            return made = new Things(new Dictionary<string, string>
            {
                ["experiment"] = experiment, ["gone"] = gone, ["run"] = run, ["deleted"] = deleted, ["model"] = model, ["logged"] = (string)logged!, ["trained"] = (await server.ModelAsync()).RunId,
            });
        }
    }
}
