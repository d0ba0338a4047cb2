using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>Where the shared parameters of a new model come from, being chosen.</summary>
public sealed class TransferDraft
{
    public TransferDraft(TransferDefinition? transfer)
    {
        Origin = transfer switch { null => TransferOrigin.Nothing, { Model.Length: > 0 } => TransferOrigin.Model, _ => TransferOrigin.Run };
        (Run, Model, Freeze) = (transfer?.Run ?? "", transfer?.Model ?? "", transfer?.Freeze ?? false);
    }

    public TransferOrigin Origin { get; set; }

    /// <summary>The id of a completed run.</summary>
    public string Run { get; set; }

    /// <summary>An exported file as the server sees it.</summary>
    public string Model { get; set; }

    /// <summary>Keep the shared parameters as they come.</summary>
    public bool Freeze { get; set; }

    /// <summary>What is still to be chosen; null when nothing is.</summary>
    public string? Problem => (Origin, Run, Model.Trim()) switch
    {
        (TransferOrigin.Run, "", _) => "Choose the run whose shared parameters are taken.",
        (TransferOrigin.Model, _, "") => "Give the path of the model whose shared parameters are taken.",
        _ => null,
    };

    public TransferDefinition? ToDefinition() => Origin switch
    {
        TransferOrigin.Run => new TransferDefinition { Run = Run, Freeze = Freeze },
        TransferOrigin.Model => new TransferDefinition { Model = Model.Trim(), Freeze = Freeze },
        _ => null,
    };
}
