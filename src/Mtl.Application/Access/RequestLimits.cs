using System.Threading.RateLimiting;
using Mtl.Application.People;
using Mtl.Core;

namespace Mtl.Application.Access;

/// <summary>
/// How many requests a token, a user without one, or an address may send: a bucket each, that is filled again at a steady rate. An open server counts nobody. Thread-safe.
/// </summary>
public sealed class RequestLimits(PeopleOptions options) : IDisposable
{
    private const int FillsPerSecond = 10;

    private readonly PartitionedRateLimiter<Caller> limiter = PartitionedRateLimiter.Create<Caller, string>(caller => caller.Quota.Length == 0
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetTokenBucketLimiter(caller.Quota, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.RequestBurst,
            TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / FillsPerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / Math.Min(FillsPerSecond, options.RequestsPerSecond),
            QueueLimit = 0,
        }));

    /// <summary>Counts a request; when it is one too many, says so and after what time to try again.</summary>
    public Error? Refuse(Caller caller)
    {
        using var lease = limiter.AttemptAcquire(caller);
        if (lease.IsAcquired)
            return null;
        var after = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
        return Error.TooMany(
            $"There were too many requests: {options.RequestsPerSecond:N0} a second are allowed for long, {options.RequestBurst:N0} at once.",
            "Wait a moment; send more in each request.",
            after);
    }

    public void Dispose() => limiter.Dispose();
}
