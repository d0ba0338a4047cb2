using Mtl.Core;

namespace Mtl.Grains.Training;

/// <summary>How a training job ended.</summary>
internal abstract record JobEnd
{
    private JobEnd()
    {
    }

    /// <summary>Trained, measured and exported; the files are among the run's artifacts.</summary>
    public sealed record Completed(ExportedModel Model) : JobEnd;

    /// <summary>Stopped on request; its checkpoint is among the run's artifacts.</summary>
    public sealed record Stopped : JobEnd;

    /// <summary>Can't go on.</summary>
    /// <param name="Error">For the run's owner.</param>
    /// <param name="Cause">For the server's log; null when the error says it all.</param>
    public sealed record Failed(Error Error, Exception? Cause = null) : JobEnd;
}

/// <summary>The exported file of a run.</summary>
/// <param name="File">Relative to the run's artifacts.</param>
/// <param name="ParityError">Largest absolute difference to the trained graph.</param>
/// <param name="Sha256">In hexadecimal.</param>
internal sealed record ExportedModel(string File, double ParityError, string Sha256);
