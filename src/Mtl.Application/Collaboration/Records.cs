using System.Globalization;
using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration;

/// <summary>Whether a record that people add something to is there, and whether the caller may.</summary>
internal sealed class Records(IExperimentStore experiments, IRunStore runs, IModelStore versions, IModelRegistry registry, ILoggedModelStore loggedModels, IAccess access)
{
    /// <summary>Null when the caller may and the record is there.</summary>
    public async Task<Error?> RefuseAsync(Permission needed, TagOwner record, CancellationToken cancellation) =>
        await access.RefuseAsync(needed, ResourceOf(record), cancellation) ?? await MissingAsync(record, cancellation);

    private static Resource ResourceOf(TagOwner record) => record.Kind switch
    {
        TagOwnerKind.Experiment => Resource.Experiment(record.Id),
        TagOwnerKind.Run => Resource.Run(record.Id),
        TagOwnerKind.RegisteredModel => Resource.RegisteredModel(record.Id),
        TagOwnerKind.ModelVersion => Resource.RegisteredModel(Version(record).Name),
        TagOwnerKind.LoggedModel => Resource.LoggedModel(record.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(record), record, null),
    };

    private async Task<Error?> MissingAsync(TagOwner record, CancellationToken cancellation) => record.Kind switch
    {
        TagOwnerKind.Experiment => (await experiments.GetAsync(record.Id, cancellation)).Error,
        TagOwnerKind.Run => (await runs.GetAsync(record.Id, cancellation)).Error,
        TagOwnerKind.RegisteredModel => (await registry.GetModelAsync(record.Id, cancellation)).Error,
        TagOwnerKind.ModelVersion => (await versions.GetAsync(Version(record).Name, Version(record).Number, cancellation)).Error,
        TagOwnerKind.LoggedModel => (await loggedModels.GetAsync(record.Id, cancellation)).Error,
        _ => throw new ArgumentOutOfRangeException(nameof(record), record, null),
    };

    /// <summary>Name and number of <c>name/3</c>; number 0, which no version has, for a text that is none.</summary>
    public static (string Name, int Number) Version(TagOwner record)
    {
        var slash = record.Id.LastIndexOf('/');
        return slash >= 0 && int.TryParse(record.Id.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (record.Id[..slash], number)
            : (record.Id, 0);
    }
}
