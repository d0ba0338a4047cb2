namespace Mtl.Benchmarks.Train;

/// <summary>
/// One row of the benchmark: a shared-bottom network with 64 inputs, two shared layers of <paramref name="Width"/> ReLU units, and for each of 4 regression tasks
/// a head with a hidden layer of 64; Adam.
/// </summary>
/// <param name="Batch">Rows per step.</param>
/// <param name="Width">Units of each shared layer.</param>
/// <param name="PerTask">PCGrad on every task's own gradient, or one gradient of the summed losses.</param>
/// <param name="Threads">Threads that each side may use.</param>
internal sealed record StepCase(int Batch, int Width, bool PerTask, int Threads)
{
    public const int Features = 64;
    public const int Tasks = 4;
    public const int HeadUnits = 64;

    /// <summary>Training rows that batches are drawn from, anew in each epoch.</summary>
    public const int Rows = 8192;

    public static IEnumerable<StepCase> All =>
        from width in (int[])[64, 256, 1024]
        from batch in (int[])[32, 256, 1024]
        from perTask in (bool[])[false, true]
        from threads in (int[])[1, 2]
        select new StepCase(batch, width, perTask, threads);

    public string Size => $"{Batch}/{Width}";

    public string Gradients => PerTask ? "per task" : "joint";
}
