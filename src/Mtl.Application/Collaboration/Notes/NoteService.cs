using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Notes;

/// <inheritdoc cref="INotes"/>
internal sealed class NoteService(Records records, ITagStore tags, IModelRegistry registry, IModelStore versions, TimeProvider time) : INotes
{
    public const string Tag = "mlflow.note.content";

    public async Task<Result<string>> GetAsync(TagOwner record, CancellationToken cancellation = default)
    {
        if (await records.RefuseAsync(Permission.Read, record, cancellation) is { } refusal)
            return refusal;
        return record.Kind switch
        {
            TagOwnerKind.RegisteredModel => (await registry.GetModelAsync(record.Id, cancellation)).Map(model => model.Description),
            TagOwnerKind.ModelVersion => (await VersionAsync(record, cancellation)).Map(version => version.Description),
            _ => (await tags.OfAsync(record.Kind, [record.Id], cancellation))[record.Id].GetValueOrDefault(Tag, ""),
        };
    }

    public async Task<Result<string>> SetAsync(TagOwner record, string markdown, CancellationToken cancellation = default)
    {
        if (markdown.Length > TextRules.LongestNote)
            return Error.Invalid($"The note has {markdown.Length:N0} characters; at most {TextRules.LongestNote:N0} are allowed.", "Shorten it, or log the text as an artifact.", "note");
        if (await records.RefuseAsync(Permission.Edit, record, cancellation) is { } refusal)
            return refusal;
        switch (record.Kind)
        {
            case TagOwnerKind.RegisteredModel:
                return (await registry.DescribeModelAsync(record.Id, markdown, time.GetUtcNow(), cancellation)).Map(model => model.Description);
            case TagOwnerKind.ModelVersion:
                var version = await VersionAsync(record, cancellation);
                return version.IsSuccess
                    ? (await registry.UpdateVersionAsync(version.Value with { Description = markdown, UpdatedAt = time.GetUtcNow() }, cancellation)).Map(written => written.Description)
                    : version.Error;
            default:
                if (markdown.Length == 0)
                    await tags.DeleteAsync(record, Tag, cancellation);
                else
                    await tags.SetAsync(record, new Dictionary<string, string> { [Tag] = markdown }, cancellation);
                return markdown;
        }
    }

    private Task<Result<ModelVersion>> VersionAsync(TagOwner record, CancellationToken cancellation)
    {
        var (name, number) = Records.Version(record);
        return versions.GetAsync(name, number, cancellation);
    }
}
