using Mtl.Core;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Collaboration.Notes;

/// <summary>The note of an experiment, a run or a model, in Markdown. MLflow's clients and pages see it: as the tag <c>mlflow.note.content</c>, and as the description of a registered model.</summary>
public interface INotes
{
    /// <summary>Empty when there is none.</summary>
    Task<Result<string>> GetAsync(TagOwner record, CancellationToken cancellation = default);

    /// <summary>Replaces the note; an empty text takes it away.</summary>
    Task<Result<string>> SetAsync(TagOwner record, string markdown, CancellationToken cancellation = default);
}
