using Mtl.Graph;
using Mtl.Learning.Losses;
using Mtl.Learning.Preprocessing;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;

namespace Mtl.Learning.Training;

/// <summary>A batch's rows in bound buffers: features, category ids, and each task's targets and row weights. Filled by copying rows of the training data.</summary>
internal sealed class BatchInputs : IDisposable
{
    private readonly TrainingData data;
    private readonly AlignedBuffer<float> features;
    private readonly AlignedBuffer<long> categories;
    private readonly AlignedBuffer<float>[] targets;
    private readonly AlignedBuffer<float>[] weights;
    private readonly int[] labelled;

    public BatchInputs(TrainingData data, int capacity)
    {
        this.data = data;
        features = new AlignedBuffer<float>(checked(capacity * data.FeatureCount));
        categories = new AlignedBuffer<long>(checked(capacity * data.CategoryColumns));
        targets = [.. data.Targets.Select(_ => new AlignedBuffer<float>(capacity))];
        weights = [.. data.Targets.Select(_ => new AlignedBuffer<float>(capacity))];
        labelled = new int[targets.Length];
        Dictionary<string, TensorView> views = [];
        if (data.FeatureCount > 0)
            views.Add(FeaturePlan.FeaturesInput, features.View(capacity, data.FeatureCount));
        if (data.CategoryColumns > 0)
            views.Add(FeaturePlan.CategoriesInput, categories.View(capacity, data.CategoryColumns));
        for (var task = 0; task < targets.Length; task++)
        {
            views.Add(TargetName(task), targets[task].View(capacity, 1));
            views.Add(WeightName(task), weights[task].View(capacity, 1));
        }

        Views = views;
    }

    /// <summary>The buffers by input name.</summary>
    public IReadOnlyDictionary<string, TensorView> Views { get; }

    /// <summary>Labelled rows of the last batch, by task.</summary>
    public ReadOnlySpan<int> Labelled => labelled;

    /// <summary>The loss of a task as a node: the masked mean over this batch.</summary>
    public static Node LossOf(int task, ILoss loss, Node output) => MaskedMean.Of(
        loss.PerRow(output, Node.Input(TargetName(task), ElementType.Float, ["batch", 1])),
        Node.Input(WeightName(task), ElementType.Float, ["batch", 1]));

    public void Fill(ReadOnlySpan<int> rows)
    {
        Gather(data.Features, data.FeatureCount, rows, features.Span);
        Gather(data.Categories, data.CategoryColumns, rows, categories.Span);
        for (var task = 0; task < targets.Length; task++)
        {
            Gather(data.Targets[task], 1, rows, targets[task].Span);
            Gather(data.Labelled[task], 1, rows, weights[task].Span);
            labelled[task] = MaskedMean.FillWeights(weights[task].Span[..rows.Length]);
        }
    }

    public void Dispose()
    {
        features.Dispose();
        categories.Dispose();
        foreach (var buffer in targets.Concat(weights))
            buffer.Dispose();
    }

    private static void Gather<T>(ReadOnlySpan<T> source, int width, ReadOnlySpan<int> rows, Span<T> target)
    {
        if (width == 0)
            return;
        if (width == 1)
        {
            for (var i = 0; i < rows.Length; i++)
                target[i] = source[rows[i]];
            return;
        }

        for (var i = 0; i < rows.Length; i++)
            source.Slice(rows[i] * width, width).CopyTo(target.Slice(i * width, width));
    }

    private static string TargetName(int task) => $"batch/target{task}";

    private static string WeightName(int task) => $"batch/weight{task}";
}
