using System.Buffers;
using System.Text.Json;

namespace Mtl.Testing.Load;

/// <summary>
/// What one log-batch holds: <paramref name="Steps"/> steps of <paramref name="Keys"/> metrics. Batch b holds the steps from b × Steps on, and each value follows from key and step, so that what a
/// server gives back can be judged point by point.
/// </summary>
public sealed record BatchShape(int Keys, int Steps)
{
    /// <summary>Points per batch.</summary>
    public int Points => Keys * Steps;

    public static string Key(int key) => $"metric-{key}";

    /// <summary>A multiple of 1/8, so that sums over any number of points are exact.</summary>
    public static double Value(int key, long step) => (((step * 31) + (key * 7)) % 1009) / 8.0;

    /// <summary>The batch that a step belongs to.</summary>
    public int BatchOf(long step) => (int)(step / Steps);

    /// <summary>Sum of a batch's values.</summary>
    public double Sum(int batch)
    {
        var sum = 0.0;
        for (var key = 0; key < Keys; key++)
        {
            for (var step = (long)batch * Steps; step < (batch + 1L) * Steps; step++)
                sum += Value(key, step);
        }

        return sum;
    }

    /// <summary>The batch as the body of <c>/api/2.0/mlflow/runs/log-batch</c>, as MLflow's Python client writes it.</summary>
    public void Write(IBufferWriter<byte> target, string runId, int batch, DateTimeOffset at)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteString("run_id", runId);
        json.WriteStartArray("metrics");
        for (var step = (long)batch * Steps; step < (batch + 1L) * Steps; step++)
        {
            for (var key = 0; key < Keys; key++)
            {
                json.WriteStartObject();
                json.WriteString("key", Key(key));
                json.WriteNumber("value", Value(key, step));
                json.WriteNumber("timestamp", at.ToUnixTimeMilliseconds());
                json.WriteNumber("step", step);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
