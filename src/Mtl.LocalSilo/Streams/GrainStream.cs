using Mtl.LocalSilo.Calls;
using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Types;

namespace Mtl.LocalSilo.Streams;

/// <summary>What the caller of a streaming grain method gets: each reading of it calls the method anew.</summary>
internal sealed class GrainStream<T>(Silo silo, CallAddress address, GrainMethod method, object?[] arguments) : IAsyncEnumerable<T>
{
    public int MaxBatchSize { get; set; } = 100;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var ownToken = method.TokenIndex < 0 ? default : (CancellationToken)arguments[method.TokenIndex]!;
        return new GrainStreamReader<T>(new StreamSession<T>(silo, address, method, arguments), silo, MaxBatchSize, ownToken, cancellationToken);
    }
}
