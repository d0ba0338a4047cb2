namespace Mtl.Serving.Tests;

/// <summary>
/// The system's clock, except that it keeps whoever reads its timestamp waiting until it is released; only the thread that made it passes. A model served by it stands still at the
/// beginning of its first run, and what is sent meanwhile waits.
/// </summary>
internal sealed class HeldClock : TimeProvider, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly int owner = Environment.CurrentManagedThreadId;
    private readonly ManualResetEventSlim reached = new();
    private readonly ManualResetEventSlim released = new();

    public override long GetTimestamp()
    {
        if (Environment.CurrentManagedThreadId != owner && !released.IsSet)
        {
            reached.Set();
            released.Wait(Patience).ShouldBeTrue();
        }

        return base.GetTimestamp();
    }

    /// <summary>Waits until somebody waits.</summary>
    public void AwaitReader() => reached.Wait(Patience).ShouldBeTrue();

    public void Release() => released.Set();

    public void Dispose()
    {
        reached.Dispose();
        released.Dispose();
    }
}
