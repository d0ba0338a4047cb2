using System.Globalization;

namespace Mtl.Benchmarks.Train;

/// <summary>Whether something else keeps the machine's cores busy.</summary>
internal static class MachineLoad
{
    private const string File = "/proc/loadavg";

    /// <summary>A line to print before the figures; null on a quiet machine, and where the load cannot be read.</summary>
    public static string? Warning()
    {
        if (!System.IO.File.Exists(File) || !double.TryParse(System.IO.File.ReadAllText(File).Split(' ')[0], CultureInfo.InvariantCulture, out var load))
        {
            return null;
        }

        return load < 0.5
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Other programs are running (load {load:0.0} on {Environment.ProcessorCount} cores): figures are noisy, those of two threads not to be trusted.\n");
    }
}
