using System.Globalization;
using System.Text;
using Mtl.Application.Models;
using Mtl.Core;
using Mtl.Grains.Tests.Hosting;

namespace Mtl.Application.Tests.Models;

/// <summary>Predictions from raw rows and from CSV files.</summary>
public sealed class PredictionServiceTests(TrainedApplication trained) : IClassFixture<TrainedApplication>
{
    private IPredictions Predictions => trained.Application.Predictions;

    [Fact]
    public async Task All_tasks_are_predicted_at_once_with_labels_and_probabilities()
    {
        var row = (await PredictAsync(Row("0.5", "-0.25", "a"))).Value.ShouldHaveSingleItem();

        row.Tasks.Select(task => task.Task).ShouldBe(["amount", "answer", "kind"]);
        row.Tasks[0].ShouldSatisfyAllConditions(amount => amount.Label.ShouldBe(""), amount => amount.Probabilities.ShouldBeEmpty());
        row.Tasks[1].Probabilities.Keys.ShouldBe(["no", "yes"], ignoreOrder: true);
        row.Tasks[2].Probabilities.Keys.ShouldBe(["high", "low", "middle"], ignoreOrder: true);
        foreach (var task in row.Tasks.Skip(1))
        {
            task.Probabilities.Values.Sum().ShouldBe(1, 1e-5);
            task.Value.ShouldBe(task.Probabilities.Values.Max());
            task.Probabilities[task.Label].ShouldBe(task.Value);
        }
    }

    [Fact]
    public async Task Missing_values_and_unknown_categories_are_taken()
    {
        var rows = (await PredictAsync(Row(null, "", "never seen"), Row("1e-3", null, null))).Value;

        rows.Count.ShouldBe(2);
        rows.ShouldAllBe(row => double.IsFinite(row.Tasks[0].Value));
        (await PredictAsync()).Value.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x", "much", "Row 2: 'much' is no finite number, which the input 'x' takes. Null stands for a missing value.")]
    [InlineData("x", "Infinity", "Row 2: 'Infinity' is no finite number, which the input 'x' takes. Null stands for a missing value.")]
    [InlineData("x", "1e99", "Row 2: '1e99' is no finite number, which the input 'x' takes. Null stands for a missing value.")]
    [InlineData("colour", "red", "Row 2: the model has no input 'colour'; its inputs are x, z, group.")]
    public async Task A_value_that_does_not_fit_is_refused_by_row_and_column(string column, string value, string text)
    {
        var row = Row("1", "2", "a");
        row[column] = value;

        var error = (await PredictAsync(Row("1", "2", "a"), row)).Error!;

        (error.Kind, error.Field).ShouldBe((ErrorKind.Invalid, column));
        error.ToString().ShouldBe(text);
    }

    [Fact]
    public async Task A_column_that_is_not_given_is_asked_for()
    {
        var row = Row("1", "2", "a");
        row.Remove("z");

        (await PredictAsync(row)).Error!.ToString().ShouldBe("Row 1: the input 'z' is not given. Give every input; null stands for a missing value.");
    }

    [Fact]
    public async Task A_table_comes_back_with_predictions_that_equal_those_of_its_rows()
    {
        await using var csv = File.OpenRead(trained.Application.Platform.Table);
        var lines = await ReadAsync((await Predictions.PredictCsvAsync("small", "latest", csv)).Value);

        lines[0].ShouldBe(["id", "x", "z", "group", "amount", "answer", "kind", "same", "amount_predicted", "answer_predicted", "answer_probability", "kind_predicted", "kind_probability"]);
        lines.Count.ShouldBe(1 + SmallTable.Rows);
        foreach (var line in new[] { lines[1], lines[120], lines[^1] })
        {
            var row = (await PredictAsync(Row(line[1], line[2], line[3]))).Value[0];
            double.Parse(line[8], CultureInfo.InvariantCulture).ShouldBe(row.Tasks[0].Value, 1e-4);
            (line[9], line[11]).ShouldBe((row.Tasks[1].Label, row.Tasks[2].Label));
            double.Parse(line[10], CultureInfo.InvariantCulture).ShouldBe(row.Tasks[1].Value, 1e-5);
        }

        Directory.EnumerateFiles(trained.Application.IncomingFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_sender_s_own_columns_come_back_letter_for_letter()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("code,x,z,group,exact\n00123,1.50,2,a,12.3456789\n?,1,2,a,0.1\n"));

        var lines = await ReadAsync((await Predictions.PredictCsvAsync("small", "latest", content)).Value);

        lines[1][..5].ShouldBe(["00123", "1.50", "2", "a", "12.3456789"]);
        lines[2][..5].ShouldBe(["?", "1", "2", "a", "0.1"]);
    }

    [Theory]
    [InlineData("x,group\n1,a\n", "z")]
    [InlineData("x,z,group\nmuch,1,a\n", "Column 'x', row 1: 'much' is not a number.")]
    [InlineData("", "The file 'the rows to predict' is empty.")]
    public async Task A_table_that_does_not_fit_is_refused_and_leaves_no_file(string csv, string message)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(csv));

        var error = (await Predictions.PredictCsvAsync("small", "latest", content)).Error!;

        error.Kind.ShouldBe(ErrorKind.Invalid);
        error.Message.ShouldContain(message);
        Directory.EnumerateFiles(trained.Application.IncomingFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_does_not_exist_is_not_found() =>
        (await Predictions.PredictAsync("nobody", "latest", [Row("1", "2", "a")])).Error!.Kind.ShouldBe(ErrorKind.NotFound);

    private static Dictionary<string, string?> Row(string? x, string? z, string? group) => new() { ["x"] = x, ["z"] = z, ["group"] = group };

    private static async Task<List<string[]>> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var lines = new List<string[]>();
        while (await reader.ReadLineAsync() is { } line)
            lines.Add(line.Split(','));
        return lines;
    }

    private Task<Result<IReadOnlyList<RowPrediction>>> PredictAsync(params IReadOnlyList<IReadOnlyDictionary<string, string?>> rows) => Predictions.PredictAsync("small", "latest", rows);
}
