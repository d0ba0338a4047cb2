using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Mtl.Core.Definitions;

namespace Mtl.Learning.Training;

/// <summary>A digest of what decides a run's outcome. Names, where the file lies, threads and the cadence of checkpoints and records do not.</summary>
internal static class PlanFingerprint
{
    public static string Of(TrainingPlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var deciding = plan.Definition with
        {
            Name = "",
            Description = "",
            Data = new DataDefinition(),
            Baselines = true,
            Transfer = plan.Definition.Transfer is { } transfer ? new TransferDefinition { Freeze = transfer.Freeze } : null,
            Training = plan.Definition.Training with { Threads = 0, CheckpointSeconds = 10, AnalysisEvery = 0 },
        };
        hash.AppendData(Encoding.UTF8.GetBytes(DefinitionJson.Write(deciding)));
        hash.AppendData(Encoding.UTF8.GetBytes(plan.Source?.Fingerprint ?? ""));
        Append(hash, plan.Data.Features);
        Append(hash, plan.Data.Categories);
        foreach (var values in plan.Data.Targets.Concat(plan.Data.Labelled).Distinct())
            Append(hash, values);
        foreach (var rows in new[] { plan.TrainRows, plan.ValidationRows, plan.TestRows })
            Append(hash, rows);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Length and bytes, in pieces, since the bytes of a long array don't fit one span.</summary>
    private static void Append<T>(IncrementalHash hash, T[] values)
        where T : unmanaged
    {
        const int Piece = 1 << 20;
        hash.AppendData(BitConverter.GetBytes(values.LongLength));
        for (var from = 0; from < values.Length; from += Piece)
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan(from, Math.Min(Piece, values.Length - from))));
    }
}
