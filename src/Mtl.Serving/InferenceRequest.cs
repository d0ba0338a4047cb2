using Mtl.Core;
using Mtl.Runtime;

namespace Mtl.Serving;

/// <summary>One caller's rows, waiting for their run.</summary>
/// <param name="ArrivedAt">Timestamp of the serving clock.</param>
/// <param name="Cancellation">A request that is cancelled before its run is left out of it.</param>
internal sealed record InferenceRequest(
    IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyList<string> Outputs, int Rows, long ArrivedAt, CancellationToken Cancellation)
{
    public TaskCompletionSource<Result<IReadOnlyDictionary<string, Tensor>>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
