using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Types;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Activations;

/// <summary>
/// The activations of one stateless worker grain. A request goes to an idle one, else to a new one as long as there may be more, else to the
/// least loaded.
/// </summary>
internal sealed class StatelessWorkers(GrainId id, GrainClass grainClass, Silo silo, Action<StatelessWorkers> onEnd) : IRequestTarget
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private bool _ended;

    public GrainId GrainId => id;

    public IReadOnlyList<Activation> Activations
    {
        get { lock (_gate) return [.. _workers]; }
    }

    public bool TryReceive(Request request)
    {
        while (true)
        {
            Activation worker;
            lock (_gate)
            {
                if (_ended) return false;
                worker = Choose();
            }

            if (worker.TryReceive(request)) return true;
            Remove(worker);
        }
    }

    private Activation Choose()
    {
        var least = _workers.MinBy(worker => worker.Load);
        if (least is not null && (least.Load == 0 || _workers.Count >= grainClass.MaxWorkers)) return least;
        var added = new Activation(id, grainClass, silo, Remove);
        _workers.Add(added);
        added.Start();
        return added;
    }

    private void Remove(Activation worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            if (_ended || _workers.Count > 0) return;
            _ended = true;
        }

        onEnd(this);
    }
}
