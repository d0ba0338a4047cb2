using System.Threading.Channels;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Runtime;

namespace Mtl.Serving;

/// <summary>
/// A loaded model that answers requests. Requests that arrive while it runs are joined and run together (adaptive batching: a lone request never waits, many share a run).
/// Thread-safe.
/// </summary>
public sealed class ServedModel : IAsyncDisposable
{
    private readonly Executable executable;
    private readonly TextInputs texts;
    private readonly int maximumBatchRows;
    private readonly TimeProvider time;
    private readonly Channel<InferenceRequest> waiting = Channel.CreateUnbounded<InferenceRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task serving;
    private readonly int maximumWaitingRows;
    private int waitingRows;
    private volatile ServingStatistics statistics = ServingStatistics.None;

    private ServedModel(Executable executable, TextInputs texts, ModelSignature signature, ServingOptions options)
    {
        (this.executable, this.texts) = (executable, texts);
        (maximumBatchRows, maximumWaitingRows, time) = (options.MaximumBatchRows, options.MaximumWaitingRows, options.Time);
        Signature = signature;
        serving = Task.Run(ServeAsync);
    }

    public ModelSignature Signature { get; }

    /// <summary>Names of all outputs, in the model's own order.</summary>
    public IEnumerable<string> Outputs => executable.Outputs.Select(output => output.Name);

    public ServingStatistics Statistics => statistics;

    /// <summary>Loads an exported model; Invalid when it isn't one of the platform's.</summary>
    public static Result<ServedModel> Load(byte[] onnx, string name, ServingOptions options)
    {
        var loaded = Executable.Load(onnx, name, new ExecutableOptions { Device = options.Device, Threads = options.Threads });
        if (!loaded.IsSuccess)
            return loaded.Error;

        if (!loaded.Value.Metadata.TryGetValue(ModelSignature.MetadataKey, out var json))
        {
            loaded.Value.Dispose();
            return Error.Invalid($"Model '{name}' has no signature in its metadata ('{ModelSignature.MetadataKey}').", "Only models exported by the platform can be served.");
        }

        var served = DefinitionJson.Read<ModelSignature>(json).Then(signature => TextInputs.Of(loaded.Value).Map(texts => new ServedModel(loaded.Value, texts, signature, options)));
        if (!served.IsSuccess)
            loaded.Value.Dispose();
        return served;
    }

    /// <summary>Runs the model on raw columns <c>[rows, 1]</c>, one for every input; gives back <paramref name="outputs"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; a request that still waits is not run.</exception>
    /// <exception cref="ExecutionException">ONNX Runtime failed although the inputs were right.</exception>
    public async Task<Result<IReadOnlyDictionary<string, Tensor>>> InferAsync(
        IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string> outputs, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (InputRules.Broken(executable, texts, inputs, outputs) is { } error)
            return error;

        var request = new InferenceRequest(inputs, outputs, (int)inputs.Values.First().Shape[0], time.GetTimestamp(), cancellation);
        if (Volatile.Read(ref waitingRows) is var ahead && ahead > maximumWaitingRows)
            return Error.Unavailable($"Model '{executable.Name}' is busy: {ahead} rows are waiting for it.", "Try again in a moment.");
        Wait(request.Rows);
        if (!waiting.Writer.TryWrite(request))
        {
            Wait(-request.Rows);
            return Error.Unavailable($"Model '{executable.Name}' is being unloaded.", "Try again in a moment.");
        }

        return await request.Answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Answers what waits, then unloads.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await serving;
        executable.Dispose();
    }

    private async Task ServeAsync()
    {
        var batch = new List<InferenceRequest>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            var rows = 0;
            while (waiting.Reader.TryPeek(out var next) && (batch.Count == 0 || rows + next.Rows <= maximumBatchRows) && waiting.Reader.TryRead(out next))
            {
                Wait(-next.Rows);
                if (next.Cancellation.IsCancellationRequested)
                    continue;
                batch.Add(next);
                rows += next.Rows;
            }

            if (batch.Count > 0)
                Answer(batch, rows);
            batch.Clear();
        }
    }

    private void Wait(int rows)
    {
        Interlocked.Add(ref waitingRows, rows);
        ServingMeter.Wait(executable.Name, rows);
    }

    private void Answer(List<InferenceRequest> batch, int rows)
    {
        var began = time.GetTimestamp();
        try
        {
            var joined = batch.Count == 1 ? batch[0].Inputs : BatchTensors.Join(batch);
            var outputs = batch.SelectMany(request => request.Outputs).Distinct().ToArray();
            var result = executable.Run(texts.Encode(joined), outputs);
            statistics = statistics with
            {
                Requests = statistics.Requests + batch.Count,
                Rows = statistics.Rows + rows,
                Runs = statistics.Runs + 1,
                Waiting = statistics.Waiting + batch.Aggregate(TimeSpan.Zero, (sum, request) => sum + time.GetElapsedTime(request.ArrivedAt, began)),
                Running = statistics.Running + (batch.Count * time.GetElapsedTime(began)),
                LastRunAt = time.GetUtcNow(),
            };
            ServingMeter.Answered(executable.Name, batch.Count, rows, time.GetElapsedTime(began));

            var first = 0;
            foreach (var request in batch)
            {
                request.Answer.SetResult(result.Map<IReadOnlyDictionary<string, Tensor>>(all => request.Outputs.ToDictionary(name => name, name => BatchTensors.Slice(all[name], first, request.Rows))));
                first += request.Rows;
            }
        }
#pragma warning disable CA1031 // A run that breaks is told to those who asked for it; the model goes on serving.
        catch (Exception e)
#pragma warning restore CA1031
        {
            statistics = statistics with { Failed = statistics.Failed + batch.Count };
            ServingMeter.Failed(executable.Name, batch.Count);
            foreach (var request in batch)
                request.Answer.TrySetException(e);
        }
    }
}
