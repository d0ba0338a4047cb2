using System.Globalization;

namespace Mtl.Benchmarks.Train;

/// <summary>Encoders' forward and backward passes beside PyTorch's, in alternating bursts on one thread; the best median of each counts. The platform should need no longer.</summary>
internal static class EncoderCosts
{
    private const int Rounds = 5;

    public static void Report(TorchSteps torch)
    {
        Console.WriteLine($"\nEncoders with one regression head, forward and backward at batch {EncoderCase.Batch} on one thread: microseconds, and PyTorch's over the platform's (at least 1.00×).");
        foreach (var encoder in EncoderCase.All)
        {
            var plan = encoder.Plan();
            if (!plan.IsSuccess)
            {
                Console.WriteLine($"{encoder.Key}: {plan.Error.Message}");
                continue;
            }

            using var ours = new EncoderSteps(plan.Value);
            torch.Prepare(encoder);
            var (own, peer) = (TrainBenchmark.BurstLength(ours), TrainBenchmark.BurstLength(torch));
            var (best, theirs) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                best = Math.Min(best, TrainBenchmark.Median(ours.Burst(own)));
                theirs = Math.Min(theirs, TrainBenchmark.Median(torch.Burst(peer)));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{encoder.Title,-66}{best * 1e6,9:N0}{theirs * 1e6,9:N0}{theirs / best,8:0.00}×"));
        }
    }
}
