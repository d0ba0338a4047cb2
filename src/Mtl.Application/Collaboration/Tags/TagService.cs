using Mtl.Core;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Tags;

/// <inheritdoc cref="ITagging"/>
internal sealed class TagService(Records records, ITagStore tags) : ITagging
{
    private const string ClientPrefix = "mlflow.";

    public async Task<Result<IReadOnlyDictionary<string, string>>> GetAsync(TagOwner record, CancellationToken cancellation = default) =>
        await records.RefuseAsync(Permission.Read, record, cancellation) is { } refusal ? refusal : Result.Of((await tags.OfAsync(record.Kind, [record.Id], cancellation))[record.Id]);

    public async Task<Result<string>> SetAsync(TagOwner record, string key, string value, CancellationToken cancellation = default)
    {
        if ((TextRules.RefuseName("tag's key", key, "key") ?? RefuseClients(key)) is { } wrong)
            return wrong;
        if (value.Length > TextRules.LongestTagValue)
            return Error.Invalid($"The tag's value has {value.Length:N0} characters; at most {TextRules.LongestTagValue:N0} are allowed.", "Shorten it, or write a note.", "value");
        if (await records.RefuseAsync(Permission.Edit, record, cancellation) is { } refusal)
            return refusal;
        await tags.SetAsync(record, new Dictionary<string, string> { [key] = value }, cancellation);
        return value;
    }

    public async Task<Result<bool>> DeleteAsync(TagOwner record, string key, CancellationToken cancellation = default)
    {
        if (RefuseClients(key) is { } wrong)
            return wrong;
        return await records.RefuseAsync(Permission.Edit, record, cancellation) is { } refusal ? refusal : await tags.DeleteAsync(record, key, cancellation);
    }

    private static Error? RefuseClients(string key) => key.StartsWith(ClientPrefix, StringComparison.Ordinal)
        ? Error.Invalid($"The tag '{key}' is kept by MLflow's clients: they own the keys that begin with '{ClientPrefix}'.", "Choose another key.", "key")
        : null;
}
