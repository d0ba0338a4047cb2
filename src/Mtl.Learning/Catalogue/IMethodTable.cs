using Mtl.Core.Catalogue;

namespace Mtl.Learning.Catalogue;

/// <summary>All methods of one kind, as the catalogue sees them.</summary>
public interface IMethodTable
{
    MethodKind Kind { get; }

    IReadOnlyList<MethodInfo> Infos { get; }

    /// <summary>The options' schema of the method with this key; null when there is none.</summary>
    OptionSchema? SchemaOf(string key);
}
