using System.Net;
using System.Text.Json.Nodes;
using Mtl.Api.Mlflow;
using Mtl.Api.Mlflow.Wire;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Every field of every route, by the routes' own table: what is missing or of another type is the client's mistake and is named.</summary>
[Collection(ServerCollection.Name)]
public sealed class FieldTests(RunningServer server)
{
    public static TheoryData<string, string> Fields =>
    [
        .. from route in MlflowEndpoints.Routes
           where route.Methods != "GET"
           from sent in route.Fields
           select new TheoryDataRow<string, string>(route.Path, sent.Name),
    ];

    public static TheoryData<string, string> RequiredFields =>
    [
        .. from route in MlflowEndpoints.Routes
           where route.Methods != "GET"
           from sent in route.Fields
           where sent.IsRequired
           select new TheoryDataRow<string, string>(route.Path, sent.Name),
    ];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_of_another_type_is_named(string path, string name)
    {
        var (method, address, body, field) = Request(path, name);
        body[name] = Wrong(field);

        var answer = await server.PostAsync(address, body.ToJsonString(), method);

        Refusal(answer).ShouldContain($"'{name}' supplied");
    }

    [Theory]
    [MemberData(nameof(RequiredFields))]
    public async Task A_required_field_that_is_missing_is_named(string path, string name)
    {
        var (method, address, body, _) = Request(path, name);
        body.Remove(name);

        var answer = await server.PostAsync(address, body.ToJsonString(), method);

        Refusal(answer).ShouldBe($"Missing value for required parameter '{name}'. See the API docs for more information about request parameters.");
    }

    [Theory]
    [MemberData(nameof(RequiredFields))]
    public async Task Null_is_as_if_it_were_not_there(string path, string name)
    {
        var (method, address, body, _) = Request(path, name);
        body[name] = null;

        var answer = await server.PostAsync(address, body.ToJsonString(), method);

        Refusal(answer).ShouldStartWith($"Missing value for required parameter '{name}'.");
    }

    private static string Refusal(Answer answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        ((string)answer.Json["error_code"]!).ShouldBe("INVALID_PARAMETER_VALUE");
        return (string)answer.Json["message"]!;
    }

    /// <summary>A request whose other fields have the right types.</summary>
    private static (string Method, string Address, JsonObject Body, Field Field) Request(string path, string name)
    {
        var route = MlflowEndpoints.Routes.First(route => route.Path == path && route.Methods != "GET" && route.Fields.Any(field => field.Name == name));
        var body = new JsonObject([.. route.Fields.Select(field => KeyValuePair.Create(field.Name, Right(field)))]);
        return (route.Methods.Split(' ')[^1], path.Replace("{model_id}", "m-1", StringComparison.Ordinal).Replace("{tag_key}", "a", StringComparison.Ordinal), body, route.Fields.First(field => field.Name == name));
    }

    private static JsonNode? Right(Field field) => field.Kind switch
    {
        FieldKind.Text => field.Choices.Count > 0 ? field.Choices[0] : "1",
        FieldKind.Integer => Math.Max(1, field.Range.Least),
        FieldKind.Number => 0.5,
        FieldKind.Flag => true,
        FieldKind.Message => new JsonObject([.. field.Members.Select(member => KeyValuePair.Create(member.Name, Right(member)))]),
        _ => new JsonArray(),
    };

    private static JsonNode Wrong(Field field) => field.Kind switch
    {
        FieldKind.Text => new JsonArray(),
        FieldKind.Integer or FieldKind.Number or FieldKind.Flag => new JsonObject(),
        FieldKind.Message => "text",
        _ => "text",
    };
}
