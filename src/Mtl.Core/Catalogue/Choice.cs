using System.Collections.ObjectModel;
using System.Text.Json.Nodes;

namespace Mtl.Core.Catalogue;

/// <summary>A method picked by key with some of its options set, as a definition file holds it; options left out have their defaults.</summary>
public sealed record Choice(string Key, IReadOnlyDictionary<string, JsonNode?> Options)
{
    public Choice(string key)
        : this(key, ReadOnlyDictionary<string, JsonNode?>.Empty)
    {
    }
}
