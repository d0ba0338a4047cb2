using System.Diagnostics;
using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

[CollectionDefinition(nameof(StepMemoryTests), DisableParallelization = true)]
public sealed class AloneOnTheMachine;

/// <summary>Alone, because the process's memory is what is measured.</summary>
[Collection(nameof(StepMemoryTests))]
public class StepMemoryTests
{
    private const int Rows = 2048;
    private const int Width = 256;

    [Fact]
    public void Each_task_s_gradients_cost_memory_for_the_gradients_and_for_nothing_on_the_way_to_them()
    {
        var shared = Held(tasks: 2).Shared;

        // The median, because memory that other tests held may be given back in the middle of a measurement.
        long[] more = [.. Enumerable.Range(0, 5).Select(_ => -Held(tasks: 2).Bytes + Held(tasks: 8).Bytes).Order()];

        // One activation of a shared layer is 2 MiB; a task that held its own on the way back would hold several.
        const long Activation = (long)Rows * Width * sizeof(float);
        var gradients = 6L * (shared * sizeof(float));
        more[2].ShouldBeLessThan(gradients + 2 * Activation, string.Join(", ", more));
    }

    /// <summary>What the process holds more while a step with so many tasks is there than before.</summary>
    private static (long Bytes, int Shared) Held(int tasks)
    {
        var plan = Sample.Plan(
            definition => (definition with
            {
                Tasks = [.. Enumerable.Range(0, tasks).Select(task => definition.Tasks[0] with { Name = $"t{task}" })],
                Encoder = Sample.Choice("mlp", ("widths", new JsonArray(Width, Width, Width)), ("dropout", 0)),
                Weighting = new Choice("pcgrad"),
            }).With(training => training with { BatchSize = Rows }),
            Sample.Table(rows: 3300));
        var before = Resident();
        using var step = new TrainingStep(plan, 1, perTask: true);
        step.Model.Initialize(step.Parameters.All, 1);
        var weights = new float[tasks];
        for (var number = 1; number <= 3; number++)
            step.Run(plan.TrainRows.AsSpan(0, Rows), number, weights);
        return (Resident() - before, step.Model.SharedLength);
    }

    private static long Resident()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
