using System.Runtime.InteropServices;

namespace Mtl.Benchmarks.Train;

/// <summary>Processor time of the calling thread: what a computation on one thread costs, whoever else has the machine meanwhile.</summary>
internal static partial class ThreadClock
{
    private const int ThreadTime = 3;

    /// <summary>Seconds that the thread has run.</summary>
    public static double Seconds => Read(ThreadTime, out var time) == 0 ? time.Seconds + (time.Nanoseconds * 1e-9) : throw new InvalidOperationException("The processor time of a thread can't be read here.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
