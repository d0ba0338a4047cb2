using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>What the wizard has so far, as a browser tab keeps it over a reload.</summary>
public sealed record WizardMemory(string Dataset, ExperimentDefinition Definition, IReadOnlyDictionary<string, bool> Choices);
