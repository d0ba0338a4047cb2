using Mtl.Learning.Losses;
using Mtl.Learning.Preprocessing;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>
/// A batch's rows in bound buffers: features, category ids, and each slot's targets and row weights. Filled by copying rows of the training data. Where tasks have rows of their own, rows
/// come ordered by group, and a group without any gets one row of weight 0, so that no part of the graph is empty.
/// </summary>
internal sealed class BatchInputs : IDisposable
{
    private readonly TrainingPlan plan;
    private readonly TrainingData data;
    private readonly AlignedBuffer<float> features;
    private readonly AlignedBuffer<long> categories;
    private readonly AlignedBuffer<long> groupSizes;
    private readonly AlignedBuffer<float>[] targets;
    private readonly AlignedBuffer<float>[] weights;
    private readonly int[] targetWidths;
    private readonly int[] filled;
    private readonly int[] labelled;

    /// <param name="plan">Whose rows they are.</param>
    /// <param name="rows">Most rows of a batch.</param>
    public BatchInputs(TrainingPlan plan, int rows)
    {
        this.plan = plan;
        data = plan.Data;
        Capacity = checked(rows + (plan.Groups?.Count ?? 0));
        features = new AlignedBuffer<float>(checked(Capacity * data.FeatureCount));
        categories = new AlignedBuffer<long>(checked(Capacity * data.CategoryColumns));
        groupSizes = new AlignedBuffer<long>(plan.Groups?.Count ?? 0);
        targetWidths = [.. Enumerable.Range(0, plan.Slots).Select(plan.TargetWidth)];
        targets = [.. targetWidths.Select(width => new AlignedBuffer<float>(checked(Capacity * width)))];
        weights = [.. targets.Select(_ => new AlignedBuffer<float>(Capacity))];
        filled = new int[Capacity];
        labelled = new int[plan.Tasks.Count];
        Dictionary<string, TensorView> views = [];
        if (data.FeatureCount > 0)
            views.Add(FeaturePlan.FeaturesInput, features.View(Capacity, data.FeatureCount));
        if (data.CategoryColumns > 0)
            views.Add(FeaturePlan.CategoriesInput, categories.View(Capacity, data.CategoryColumns));
        if (plan.Groups is { } groups)
            views.Add(BatchNodes.GroupSizes, groupSizes.View(groups.Count));
        for (var slot = 0; slot < targets.Length; slot++)
        {
            if (targetWidths[slot] > 0)
                views.Add(BatchNodes.TargetName(slot), targets[slot].View(Capacity, targetWidths[slot]));
            views.Add(BatchNodes.WeightName(slot), weights[slot].View(Capacity, 1));
        }

        Views = views;
    }

    /// <summary>Rows that the buffers hold.</summary>
    public int Capacity { get; }

    /// <summary>The buffers by input name.</summary>
    public IReadOnlyDictionary<string, TensorView> Views { get; }

    /// <summary>Labelled rows of the last batch, by task.</summary>
    public ReadOnlySpan<int> Labelled => labelled;

    /// <summary>Rows of each group in the last batch, added ones included.</summary>
    public ReadOnlySpan<long> GroupSizes => groupSizes.Span;

    /// <summary>Copies rows in, and gives the number of rows to run, those added for groups without any included.</summary>
    /// <param name="rows">Ordered by group, where tasks have rows of their own.</param>
    public int Fill(ReadOnlySpan<int> rows)
    {
        if (plan.Groups is { } groups)
            return FillGroups(groups, rows);
        FillInputs(rows);
        for (var task = 0; task < targets.Length; task++)
            labelled[task] = FillLabels(task, task, rows, 0, isAdded: false);
        return rows.Length;
    }

    public void Dispose()
    {
        features.Dispose();
        categories.Dispose();
        groupSizes.Dispose();
        foreach (var buffer in targets.Concat(weights))
            buffer.Dispose();
    }

    private int FillGroups(RowGroups groups, ReadOnlySpan<int> rows)
    {
        var (next, count) = (0, 0);
        for (var group = 0; group < groups.Count; group++)
        {
            var first = count;
            while (next < rows.Length && groups.OfRow(rows[next]) == group)
                filled[count++] = rows[next++];
            var isAdded = count == first;
            if (isAdded)
                filled[count++] = rows[0];
            groupSizes.Span[group] = count - first;
            foreach (var task in groups.Members[group])
                labelled[task] = FillLabels(task, groups.MemberOf[task], filled.AsSpan(first, count - first), first, isAdded);
        }

        if (next < rows.Length)
            throw new ArgumentException("The rows of a batch must be ordered by group, and each be in one.", nameof(rows));
        FillInputs(filled.AsSpan(0, count));
        return count;
    }

    private void FillInputs(ReadOnlySpan<int> rows)
    {
        Gather(data.Features, data.FeatureCount, rows, features.Span);
        Gather(data.Categories, data.CategoryColumns, rows, categories.Span);
    }

    private int FillLabels(int task, int slot, ReadOnlySpan<int> rows, int at, bool isAdded)
    {
        var width = plan.Tasks[task].Target.Width;
        var own = weights[slot].Span.Slice(at, rows.Length);
        if (width == targetWidths[slot])
            Gather(data.Targets[task], width, rows, targets[slot].Span[(at * width)..]);
        else
            for (var i = 0; i < rows.Length; i++)
                data.Targets[task].AsSpan(rows[i] * width, width).CopyTo(targets[slot].Span[((at + i) * targetWidths[slot])..]);
        if (isAdded)
        {
            own.Clear();
            return 0;
        }

        Gather(data.Labelled[task], 1, rows, own);
        return MaskedMean.FillWeights(own);
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
}
