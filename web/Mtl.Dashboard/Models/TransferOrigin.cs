namespace Mtl.Dashboard.Models;

/// <summary>From what a model may start.</summary>
public enum TransferOrigin
{
    Nothing,
    Run,
    Model,
}
