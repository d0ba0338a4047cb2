namespace Mtl.Learning.Training;

/// <summary>
/// How many threads a run should train with. A machine does most with one thread per run and as many runs as cores; a lone big run gains from two
/// (width and batch of 256 and more). Another number changes the outcome's last bits, so a run keeps its own.
/// </summary>
public static class ThreadChoice
{
    private const int BigWidth = 256;
    private const int BigBatch = 256;

    /// <param name="requested">The definition's number of threads; 0 for a choice by size.</param>
    /// <param name="widestLayer">Most units of one layer.</param>
    /// <param name="batchSize">Rows per step.</param>
    /// <param name="freeCores">Cores that no other run needs, this run's own included.</param>
    public static int For(int requested, int widestLayer, int batchSize, int freeCores) =>
        requested > 0 ? requested : widestLayer >= BigWidth && batchSize >= BigBatch && freeCores >= 2 ? 2 : 1;
}
