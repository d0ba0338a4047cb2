using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Native;

/// <summary>Tables that can be read but not trained on: the run fails before its first step and says why.</summary>
[Collection(ServerCollection.Name)]
public sealed class UntrainableTableTests(RunningServer server)
{
    public static TheoryData<string, string, string> Tasks => new()
    {
        { "lot", "regression", "Task 't' is a regression, but column 'lot' holds text ('lot-0' in row 1). Make it binary or multiclass, or clean the column of what is no number." },
        { "lot", "binary", "Task 't' is binary, but column 'lot' has 7 labels: 'lot-0', 'lot-1', 'lot-2', 'lot-3', 'lot-4', 'lot-5', 'lot-6'. Name the positive one (the others then count as negative), or make the task multiclass." },
        { "same", "binary", "Task 't': column 'same' has one label only, '5'; there is nothing to learn. Choose a column with at least two labels." },
        { "same", "multiclass", "Task 't': column 'same' has one label only, '5'; there is nothing to learn. Choose a column with at least two labels." },
        { "same", "regression", "Task 't': column 'same' has the value 5 in every training row; there is nothing to learn. Choose another column, or another split." },
        { "none", "regression", "Task 't': column 'none' has no label in any of its 60 rows. Choose a column with labels." },
        { "none", "binary", "Task 't': column 'none' has no label in any of its 60 rows. Choose a column with labels." },
        { "size", "binary", "Task 't' is binary, but column 'size' has 60 labels: '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', …. Name the positive one (the others then count as negative), or make the task multiclass." },
        { "roof", "regression", "The table has no column 'roof'. It has 'size', 'lot', 'same', 'none'. Correct the name; case matters." },
    };

    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task The_run_fails_with_the_reason(string column, string kind, string failure)
    {
        var rows = Enumerable.Range(0, 60).Select(row => $"{row},lot-{row % 7},5,");
        var dataset = await server.UploadAsync("lots.csv", string.Join('\n', rows.Prepend("size,lot,same,none")));

        var (_, run) = await server.RunAsync($$"""
            {
              "name": "Untrainable: {{column}} as {{kind}}",
              "data": { "dataset": "{{dataset}}" },
              "tasks": [{ "name": "t", "column": "{{column}}", "kind": "{{kind}}" }],
              "training": { "epochs": 1 },
              "baselines": false
            }
            """);

        var summary = run["summary"]!;
        (summary["status"]!.GetValue<string>(), summary["failure"]!.GetValue<string>()).ShouldBe(("failed", failure));
        summary["progress"]!["step"]!.GetValue<long>().ShouldBe(0);
        await server.ShouldBeHealthyAsync();
    }
}
