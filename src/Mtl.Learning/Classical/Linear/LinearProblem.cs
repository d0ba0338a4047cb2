using Mtl.Core.Definitions;

namespace Mtl.Learning.Classical.Linear;

/// <summary>Every task's loss over its own training rows.</summary>
/// <param name="Losses">By task; one for all tasks when pooled.</param>
/// <param name="Shape">The coefficients.</param>
/// <param name="IsPooled">One model for all tasks' rows.</param>
internal sealed record LinearProblem(IReadOnlyList<TaskLoss> Losses, LinearShape Shape, bool IsPooled)
{
    public static LinearProblem Of(LearnerData data, LinearMethod method)
    {
        var isFree = method.Options.Intercepts == InterceptForm.Free;
        return Of(RowsOf(data, withConstant: !isFree), method.IsPooled, isFree);
    }

    /// <summary>Every task's rows and labels. Tasks with the same rows share one copy of their features.</summary>
    /// <param name="data">The training rows.</param>
    /// <param name="withConstant">Adds a last feature that is 1.</param>
    public static IReadOnlyList<TaskRows> RowsOf(LearnerData data, bool withConstant)
    {
        List<(int[] Rows, DesignMatrix X)> seen = [];
        List<TaskRows> tasks = [];
        for (var task = 0; task < data.Tasks.Count; task++)
        {
            var rows = data.RowsOf(task);
            var x = seen.Find(earlier => earlier.Rows.AsSpan().SequenceEqual(rows)).X;
            if (x is null)
                seen.Add((rows, x = DesignMatrix.Of(data.Features, data.FeatureCount, rows, withConstant)));
            tasks.Add(new TaskRows(data.Tasks[task].Kind, data.Tasks[task].Outputs, x, Array.ConvertAll(rows, row => (double)data.Tasks[task].Values[row])));
        }

        return tasks;
    }

    /// <param name="tasks">Rows and labels; all with the same features.</param>
    /// <param name="pooled">One model for all.</param>
    /// <param name="isFree">With intercepts that no penalty touches; else with none besides the features.</param>
    public static LinearProblem Of(IReadOnlyList<TaskRows> tasks, bool pooled = false, bool isFree = true)
    {
        if (pooled)
            tasks = [TaskRows.Joined(tasks)];
        var scale = tasks.Count / (double)Math.Max(1, tasks.Sum(task => task.X.Rows));
        TaskLoss[] losses = [.. tasks.Select(task => task.LossWith(scale, isFree))];
        return new LinearProblem(losses, new LinearShape(losses.Sum(loss => loss.Outputs), tasks[0].X.Features), pooled);
    }
}

/// <summary>A task's rows and labels as solvers take them.</summary>
internal sealed record TaskRows(TaskKind Kind, int Outputs, DesignMatrix X, double[] Y)
{
    /// <summary>All rows of all tasks as one task's.</summary>
    public static TaskRows Joined(IReadOnlyList<TaskRows> tasks)
    {
        double[] values = [.. tasks.SelectMany(task => task.X.Values)];
        return tasks[0] with { X = new DesignMatrix(values, tasks.Sum(task => task.X.Rows), tasks[0].X.Features), Y = [.. tasks.SelectMany(task => task.Y)] };
    }

    public TaskLoss LossWith(double scale, bool isFree) => Kind switch
    {
        TaskKind.Regression => new SquaredLoss(X, Y, scale, isFree),
        TaskKind.Binary => new LogisticLoss(X, Y, scale, isFree),
        TaskKind.Multiclass => new SoftmaxLoss(X, Array.ConvertAll(Y, y => (int)y), Outputs, scale, isFree),
        _ => throw new InvalidOperationException($"No classical loss for {Kind} tasks."),
    };
}
