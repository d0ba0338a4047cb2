using System.Globalization;

namespace Mtl.Benchmarks.Train;

/// <summary>
/// <c>mtl bench train [batch/width …]</c>: whole training steps (feeding, forward and backward pass, optimiser) of the platform and of PyTorch, in alternating bursts
/// so that both meet the same machine; of each side's bursts the best median counts.
/// </summary>
internal static class TrainBenchmark
{
    private const int Rounds = 5;
    private const double BurstSeconds = 0.3;

    private static readonly int[] Widths = [-11, -9, 8, 10, 12, 9, 9, 10, 9];

    public static int Run(IReadOnlyList<string> sizes)
    {
        var cases = StepCase.All.Where(step => sizes.Count == 0 || sizes.Contains(step.Size)).ToList();
        if (cases.Count == 0)
        {
            Console.Error.WriteLine($"No case has size {string.Join(", ", sizes)}. Sizes are: {string.Join(", ", StepCase.All.Select(step => step.Size).Distinct())}.");
            return 2;
        }

        using var torch = TorchSteps.TryStart(out var problem);
        if (torch is null)
        {
            Console.Error.WriteLine($"PyTorch is not there ({problem}). Install Debian's python3-torch and libopenblas0-openmp.");
            return 1;
        }

        Console.WriteLine($"""
            Shared bottom of two ReLU layers, {StepCase.Features} inputs, {StepCase.Tasks} regression heads with a hidden layer of {StepCase.HeadUnits}, Adam; per task: PCGrad.
            Microseconds per whole step on {Environment.ProcessorCount} cores, beside {torch.Facts}.
            Expected: a prototype's ratio, good to about 20 %. Epoch: a whole epoch of a real run (grain, feeding, evaluation, metrics written to the store), over its bare forward and backward passes and optimiser steps.

            """);
        if (MachineLoad.Warning() is { } warning)
        {
            Console.WriteLine(warning);
        }

        Write("batch/width", "gradients", "threads", "platform", "PyTorch", "ratio", "expected", "its Adam", "epoch");
        foreach (var step in cases)
        {
            Report(step, torch);
        }

        if (cases.Contains(GradientCosts.Case))
        {
            GradientCosts.Report();
        }

        EncoderCosts.Report(torch);
        return 0;
    }

    private static void Report(StepCase step, TorchSteps torch)
    {
        using var product = new ProductSteps(step);
        var optimizer = torch.Prepare(step);
        var (ours, theirs) = (BurstLength(product), BurstLength(torch));
        var (best, peer) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            best = Math.Min(best, Median(product.Burst(ours)));
            peer = Math.Min(peer, Median(torch.Burst(theirs)));
        }

        Write(
            step.Size,
            step.Gradients,
            step.Threads.ToString(CultureInfo.InvariantCulture),
            Microseconds(best),
            Microseconds(peer),
            Times(peer / best),
            Expectation.Of(step) is { } expected ? Times(expected.Ratio) : "",
            optimizer,
            step is { PerTask: false, Threads: 1 } ? Times(EpochRatio(step, product.StepsPerEpoch)) : "");
    }

    /// <summary>An epoch's time over that of as many bare steps, the better of each from alternating runs.</summary>
    private static double EpochRatio(StepCase step, int stepsPerEpoch)
    {
        using var bare = new BareSteps(step);
        var (best, epoch) = (double.MaxValue, double.MaxValue);
        bare.Burst(10);
        for (var round = 0; round < Rounds; round++)
        {
            best = Math.Min(best, bare.Burst(stepsPerEpoch).Sum());
            epoch = Math.Min(epoch, GrainEpochs.QuickestAsync(ProductSteps.Definition(step), ProductSteps.Table()).GetAwaiter().GetResult());
        }

        return epoch / best;
    }

    public static int BurstLength(ISteps steps)
    {
        steps.Burst(10);
        return Math.Clamp((int)(BurstSeconds / Median(steps.Burst(5))), 5, 1000);
    }

    public static double Median(double[] seconds) => seconds.Order().ElementAt(seconds.Length / 2);

    private static string Microseconds(double seconds) => (seconds * 1e6).ToString("N0", CultureInfo.InvariantCulture);

    private static string Times(double ratio) => ratio.ToString("0.00×", CultureInfo.InvariantCulture);

    private static void Write(params string[] cells) =>
        Console.WriteLine(string.Concat(cells.Zip(Widths, (cell, width) => width < 0 ? cell.PadRight(-width) : cell.PadLeft(width))).TrimEnd());
}
