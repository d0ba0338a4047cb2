namespace Mtl.Dashboard.Models;

/// <summary>The steps to a new experiment, in order.</summary>
public enum WizardStep
{
    Data,
    Tasks,
    Inputs,
    Split,
    Model,
    Review,
}
