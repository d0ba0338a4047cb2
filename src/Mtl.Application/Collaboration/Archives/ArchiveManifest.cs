using Mtl.Tracking.Runs;

namespace Mtl.Application.Collaboration.Archives;

/// <summary>What a run's archive says of itself (<c>manifest.json</c>).</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">Of the format; a reader refuses a later one than it knows. The first had no datasets.</param>
internal sealed record ArchiveManifest(string Format, int Version, DateTimeOffset ExportedAt, ArchivedRun Run, IReadOnlyList<ArchivedFile> Artifacts)
{
    public const string FormatName = "mtl-run";
    public const int CurrentVersion = 2;
}

/// <summary>The run as it was where it comes from.</summary>
/// <param name="Experiment">The experiment's name there.</param>
/// <param name="User">Who ran it, as far as known.</param>
internal sealed record ArchivedRun(
    string Id, string Name, string Experiment, RunStatus Status, string Failure, string User, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

/// <summary>One artifact.</summary>
/// <param name="Path">Below <c>artifacts/</c>.</param>
/// <param name="Sha256">In hexadecimal.</param>
internal sealed record ArchivedFile(string Path, long Bytes, string Sha256);
