using Mtl.Application.Access;
using Mtl.Core;

namespace Mtl.Application.Retention;

/// <inheritdoc cref="IRetention"/>
internal sealed class RetentionService(IAccess access, ExpiredRecords expired, RetentionOptions options, TimeProvider time) : IRetention
{
    public async Task<Result<Removal>> RemoveAsync(int? days, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Manage, Resource.Platform, cancellation) is { } refusal)
            return refusal;
        if (days is < 0 or > RetentionOptions.MostDays)
            return Error.Invalid($"Deleted things can be kept for 0 to {RetentionOptions.MostDays} days, not {days}.", field: "days");
        if (days is null && options.KeepsDeleted is null)
            return Error.Invalid("This server keeps deleted things for ever.", "Say how many days they are to be kept: --older-than DAYS.", "days");
        return await expired.RemoveAsync(time.GetUtcNow() - (days is { } given ? TimeSpan.FromDays(given) : options.KeepsDeleted!.Value), cancellation);
    }
}
