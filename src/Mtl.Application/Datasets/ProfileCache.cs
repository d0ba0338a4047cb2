using Mtl.Data.Profiling;

namespace Mtl.Application.Datasets;

/// <summary>The profiles of the tables last asked for. Thread-safe.</summary>
internal sealed class ProfileCache
{
    private const int Capacity = 8;

    private readonly Lock gate = new();
    private readonly LinkedList<(string Id, TableProfile Profile)> recent = [];

    public TableProfile? Find(string id)
    {
        lock (gate)
        {
            if (Take(id) is not { } profile)
                return null;
            recent.AddFirst((id, profile));
            return profile;
        }
    }

    public TableProfile Add(string id, TableProfile profile)
    {
        lock (gate)
        {
            Take(id);
            recent.AddFirst((id, profile));
            if (recent.Count > Capacity)
                recent.RemoveLast();
        }

        return profile;
    }

    public void Remove(string id)
    {
        lock (gate)
            Take(id);
    }

    private TableProfile? Take(string id)
    {
        for (var node = recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Id != id)
                continue;
            recent.Remove(node);
            return node.Value.Profile;
        }

        return null;
    }
}
