using Mtl.Core.Definitions;

namespace Mtl.Core.Catalogue;

/// <summary>
/// Every method the platform has. The command line's help, the API's validation, the dashboard's forms and its Methods page are made from it.
/// </summary>
public interface ICatalogue
{
    IReadOnlyList<MethodInfo> Methods { get; }

    /// <summary>Finds a method, or says which keys of that kind exist.</summary>
    Result<MethodInfo> Find(MethodKind kind, string key);

    /// <summary>Checks a choice's key, option names, types and bounds; gives back the choice with every option filled in.</summary>
    Result<Choice> Complete(MethodKind kind, Choice choice);

    /// <summary>Keys of the encoders that read inputs of a kind, the usual one first.</summary>
    IReadOnlyList<string> EncodersFor(ModalityKind kind) => [.. Methods.Where(method => method.Kind == MethodKind.Encoder).Select(method => method.Key)];

    /// <summary>Which methods of a completed definition do not go together, and what would; null when all do.</summary>
    Error? Refuse(ExperimentDefinition definition) => null;
}
