using System.Diagnostics.Metrics;

namespace Mtl.Grains.Training;

/// <summary>What training does in this process, as meters.</summary>
internal static class TrainingMeter
{
    private static readonly Meter Meter = new("Mtl.Training");

    /// <summary>Steps done since the process started.</summary>
    public static readonly Counter<long> Steps = Meter.CreateCounter<long>("mtl.training.steps", "{step}", "Training steps done.");

    /// <summary>Runs that have cores.</summary>
    public static readonly UpDownCounter<int> Active = Meter.CreateUpDownCounter<int>("mtl.training.active", "{run}", "Runs that train.");

    /// <summary>Runs that wait for cores.</summary>
    public static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>("mtl.training.waiting", "{run}", "Runs that wait for cores to train on.");
}
