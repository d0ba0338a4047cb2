using Mtl.Core;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Probabilistic;

/// <summary>Each task's own fitted parameters as a point, so that tasks can be clustered by what was learned.</summary>
/// <param name="Tasks">Names, in order.</param>
/// <param name="Values">[tasks, parameters]: a task's parameters one after the other, by name.</param>
public sealed record TaskParameters(IReadOnlyList<string> Tasks, Points Values)
{
    private const string Prefix = "task/";

    /// <summary>
    /// Reads the tasks' parameters out of an exported model: those named <c>task/{task}/…</c>. Comparable are tasks whose parameters have the same names and shapes: regressions and binary tasks of a linear learner,
    /// or heads of one form on a shared encoder. Biases are left out: how high a task's labels lie says nothing about how they depend on the inputs.
    /// </summary>
    public static Result<TaskParameters> FromOnnx(ReadOnlySpan<byte> onnx) => OnnxModel.Read(onnx).Then(FromModel);

    /// <summary>The parameters in units of each one's deviation between tasks, none where it does not vary.</summary>
    public Points Standardised()
    {
        var (rows, columns) = (Values.Rows, Values.Columns);
        var values = Values.Values.ToArray();
        for (var column = 0; column < columns; column++)
        {
            var mean = Enumerable.Range(0, rows).Average(row => values[(row * columns) + column]);
            var deviation = Math.Sqrt(Enumerable.Range(0, rows).Average(row => Math.Pow(values[(row * columns) + column] - mean, 2)));
            for (var row = 0; row < rows; row++)
                values[(row * columns) + column] = deviation > 0 ? (values[(row * columns) + column] - mean) / deviation : 0;
        }

        return new Points(values, columns);
    }

    private static Result<TaskParameters> FromModel(OnnxModel model)
    {
        var tasks = model.Initializers
            .Where(parameter => parameter.Key.StartsWith(Prefix, StringComparison.Ordinal) && !parameter.Key.EndsWith("/bias", StringComparison.Ordinal))
            .Select(parameter => (Path: parameter.Key.Split('/', 3), parameter.Value))
            .OrderBy(parameter => parameter.Path[2], StringComparer.Ordinal)
            .GroupBy(parameter => parameter.Path[1], parameter => (Name: parameter.Path[2], parameter.Value))
            .OrderBy(task => task.Key, StringComparer.Ordinal)
            .ToList();
        if (tasks.Count == 0)
            return Error.Invalid("The model has no parameters of single tasks.", "Export a run whose tasks have parameters of their own: a head each, or a linear learner.");
        var first = Form(tasks[0]);
        if (tasks.Find(task => Form(task) != first) is { } odd)
        {
            return Error.Invalid(
                $"Tasks '{tasks[0].Key}' and '{odd.Key}' have parameters of other forms: {first}; {Form(odd)}.",
                "Cluster tasks of one kind with as many outputs.");
        }

        return new TaskParameters([.. tasks.Select(task => task.Key)], Points.Of([.. tasks.Select(task => task.SelectMany(parameter => parameter.Value.ToDoubles()).ToArray())]));
    }

    private static string Form(IEnumerable<(string Name, TensorValue Value)> task) => string.Join(", ", task.Select(parameter => $"{parameter.Name} {parameter.Value.Shape}"));
}
