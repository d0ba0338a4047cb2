using Mtl.LocalSilo.Activations;
using Mtl.LocalSilo.Hosting;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Calls;

/// <summary>An object that grains notify: its calls run one after the other, each to its end, in the order in which they came.</summary>
internal sealed class Observer(GrainId id, IGrainObserver target, Silo silo)
{
    private readonly WeakReference<IGrainObserver> _target = new(target);
    private readonly TurnScheduler _turns = new(id.ToString(), silo.Options.TurnWarningLength, silo.Time, silo.Logger);
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Whether the object still lives.</summary>
    public bool TrySend(Request request)
    {
        if (!_target.TryGetTarget(out var living)) return false;
        lock (_gate)
        {
            var before = _last;
            _last = _turns.Run(() => RunAsync(before, living, (Call)request));
        }

        return true;
    }

    private async Task RunAsync(Task before, IGrainObserver living, Call call)
    {
        await before;
        await call.RunAsync(living, _turns);
    }
}
