using Mtl.Core.Definitions;

namespace Mtl.Learning.Classical;

/// <summary>The rows that a learner learns from.</summary>
/// <param name="Features">[rows, featureCount] of the whole table, row-major.</param>
/// <param name="FeatureCount">F.</param>
/// <param name="TrainRows">The rows to learn from.</param>
/// <param name="Tasks">In the definition's order.</param>
/// <param name="Seed">Seed of every random choice.</param>
public sealed record LearnerData(float[] Features, int FeatureCount, int[] TrainRows, IReadOnlyList<LearnerTask> Tasks, ulong Seed)
{
    /// <summary>The training rows that have a label of a task.</summary>
    public int[] RowsOf(int task) => Array.FindAll(TrainRows, row => Tasks[task].Labelled[row] != 0);
}

/// <summary>A task's labels.</summary>
/// <param name="Name">The task's name.</param>
/// <param name="Kind">What is predicted.</param>
/// <param name="Outputs">1, or the number of classes.</param>
/// <param name="Values">By row of the table: standardised value, 0 or 1, or class index.</param>
/// <param name="Labelled">By row of the table: 1 where there is a label, else 0.</param>
public sealed record LearnerTask(string Name, TaskKind Kind, int Outputs, float[] Values, float[] Labelled);
