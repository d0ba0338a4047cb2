using System.Text;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>
/// A session of MLflow's Python client, request by request as its documented protocol has it, sent off files to the byte. Each <c>.http</c> file begins with what the request is; beside it lies the answer.
/// Ids that the server gives have places of their length, so that every other byte, the lengths included, is as written. In an answer <c>"*"</c> stands for any value.
/// </summary>
internal sealed class Transcript(RunningServer server)
{
    private static readonly string[] Places = ["EXPERIMENT_ID".PadRight(32, '_'), "RUN_ID".PadRight(32, '_')];

    private readonly Dictionary<string, string> known = [];

    public async Task ReplayAsync()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Transcripts", "PythonClient"), "*.http").Order(StringComparer.Ordinal).ToArray();
        files.Length.ShouldBe(23);
        foreach (var file in files)
        {
            var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(file, ".answer.json")))!;

            var answer = await RawRequest.SendAsync(server.Client.BaseAddress!, RequestOf(await File.ReadAllBytesAsync(file)));

            ((int)answer.Status).ShouldBe((int)expected["status"]!, $"{Path.GetFileName(file)}: {answer.Body}");
            if (expected["body"] is JsonValue text)
                answer.Body.ShouldBe((string)text!);
            else
                Compare(expected["body"]!, answer.Json, Path.GetFileName(file));
        }
    }

    /// <summary>What lies behind the comments, with the server's ids in their places.</summary>
    private byte[] RequestOf(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        while (text.StartsWith('#'))
            text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        foreach (var (place, id) in known)
        {
            id.Length.ShouldBe(place.Length);
            text = text.Replace(place, id, StringComparison.Ordinal);
        }

        return Encoding.Latin1.GetBytes(text);
    }

    private void Compare(JsonNode expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject members:
                actual.ShouldBeOfType<JsonObject>(path).Select(member => member.Key).ShouldBe(members.Select(member => member.Key), ignoreOrder: true, path);
                foreach (var (name, member) in members)
                    Compare(member!, actual[name], $"{path}.{name}");
                break;
            case JsonArray items:
                actual.ShouldBeOfType<JsonArray>(path).Count.ShouldBe(items.Count, path);
                for (var index = 0; index < items.Count; index++)
                    Compare(items[index]!, actual[index], $"{path}[{index}]");
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                if (text == "*")
                    actual.ShouldNotBeNull(path);
                else if (Places.Contains(text) && !known.ContainsKey(text))
                    known[text] = (string)actual!;
                else
                    ((string?)actual).ShouldBe(known.Aggregate(text, (current, id) => current.Replace(id.Key, id.Value, StringComparison.Ordinal)), path);
                break;
            default:
                actual!.ToJsonString().ShouldBe(expected.ToJsonString(), path);
                break;
        }
    }
}
