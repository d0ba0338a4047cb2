using Mtl.Core;
using Mtl.Runtime;

namespace Mtl.Serving;

/// <summary>One caller's rows, waiting for their run.</summary>
internal sealed record InferenceRequest(IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyList<string> Outputs, int Rows)
{
    public TaskCompletionSource<Result<IReadOnlyDictionary<string, Tensor>>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
