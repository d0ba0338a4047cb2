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
            return recent.FirstOrDefault(entry => entry.Id == id).Profile;
    }

    public TableProfile Add(string id, TableProfile profile)
    {
        lock (gate)
        {
            recent.AddFirst((id, profile));
            if (recent.Count > Capacity)
                recent.RemoveLast();
        }

        return profile;
    }
}
