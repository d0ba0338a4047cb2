using System.Runtime.CompilerServices;
using Mtl.Application.People;
using Mtl.Tracking;

namespace Mtl.Application.Access;

/// <summary>Ends what is told over a long time when its hearer may no longer hear it: their session, token or account is over, or the permission was taken away. Looked at every so often, while nothing is told too.</summary>
internal sealed class AllowedStream(IAccess access, PeopleOptions options, TimeProvider time)
{
    /// <summary>The stream, for as long as the caller may read the thing that it tells of; none of it when they may not now.</summary>
    public async IAsyncEnumerable<T> OfAsync<T>(Resource resource, Func<CancellationToken, IAsyncEnumerable<T>> open, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await access.RefuseAsync(Permission.Read, resource, cancellation) is not null)
            yield break;

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watch = EndWhenRefusedAsync(resource, over);
        await using (var stream = open(over.Token).GetAsyncEnumerator(over.Token))
        {
            try
            {
                while (await MoveAsync(stream, over.Token, cancellation))
                    yield return stream.Current;
            }
            finally
            {
                await over.CancelAsync();
                await watch;
            }
        }
    }

    private static async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> stream, CancellationToken over, CancellationToken cancellation)
    {
        try
        {
            return await stream.MoveNextAsync() && !over.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task EndWhenRefusedAsync(Resource resource, CancellationTokenSource over)
    {
        using var timer = new PeriodicTimer(options.StreamCheckPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(over.Token))
            {
                if (await IsRefusedAsync(resource, over.Token))
                    await over.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The stream is over.
        }
    }

    private async Task<bool> IsRefusedAsync(Resource resource, CancellationToken cancellation)
    {
        try
        {
            return await access.RefuseAsync(Permission.Read, resource, cancellation) is not null;
        }
        catch (StoreException)
        {
            // Who may do what can't be read now; it is asked again the next time.
            return false;
        }
    }
}
