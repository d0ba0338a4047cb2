using System.Collections.Concurrent;
using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Types;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Activations;

/// <summary>The grains in memory, by id; makes them when a request comes in.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, IRequestTarget> _targets = new();
    private readonly Lock _creating = new();

    public IReadOnlyList<Activation> Activations => [.. _targets.Values.SelectMany(target => target.Activations)];

    public IReadOnlyList<Activation> ActivationsOf(GrainId id) => _targets.TryGetValue(id, out var target) ? target.Activations : [];

    /// <summary>Hands the request to the grain, which is activated for it if need be.</summary>
    public void Send(GrainId id, GrainClass grainClass, Request request)
    {
        while (true)
        {
            if (!_targets.TryGetValue(id, out var target) && (target = Create(id, grainClass)) is null)
            {
                request.Fail(silo.Unavailable());
                return;
            }

            if (target.TryReceive(request)) return;
            Remove(target);
        }
    }

    private IRequestTarget? Create(GrainId id, GrainClass grainClass)
    {
        lock (_creating)
        {
            if (_targets.TryGetValue(id, out var existing)) return existing;
            if (!silo.IsRunning) return null;
            if (grainClass.IsStatelessWorker) return _targets[id] = new StatelessWorkers(id, grainClass, silo, Remove);
            var activation = new Activation(id, grainClass, silo, Remove);
            _targets[id] = activation;
            activation.Start();
            return activation;
        }
    }

    private void Remove(IRequestTarget target) => _targets.TryRemove(KeyValuePair.Create(target.GrainId, target));
}
