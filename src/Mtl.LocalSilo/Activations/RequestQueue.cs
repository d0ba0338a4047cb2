namespace Mtl.LocalSilo.Activations;

/// <summary>
/// Which requests of an activation wait and which run. A request starts if it interleaves, if nothing that excludes others runs, or if it
/// and all of those change nothing; one that can't start doesn't hold up those behind it that can. Not synchronised.
/// </summary>
internal sealed class RequestQueue(bool reentrant)
{
    private readonly LinkedList<Request> _waiting = [];
    private int _running;
    private int _exclusive;
    private int _readers;

    public bool IsEmpty => _running == 0 && _waiting.Count == 0;

    public bool IsRunning => _running > 0;

    public int Count => _running + _waiting.Count;

    public void Add(Request request) => _waiting.AddLast(request);

    /// <summary>Takes the next request that may start and counts it as running; null if there is none.</summary>
    public Request? Start()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.IsOver)
            {
                _waiting.Remove(node);
            }
            else if (MayStart(node.Value))
            {
                _waiting.Remove(node);
                Tally(node.Value, 1);
                return node.Value;
            }

            node = next;
        }

        return null;
    }

    public void Finish(Request request) => Tally(request, -1);

    /// <summary>Takes all that wait.</summary>
    public IReadOnlyList<Request> Drain()
    {
        Request[] drained = [.. _waiting];
        _waiting.Clear();
        return drained;
    }

    private bool MayStart(Request request) => Interleaves(request) || (_exclusive == 0 && (_readers == 0 || request.IsReadOnly));

    private bool Interleaves(Request request) => reentrant || request.Interleaves;

    private void Tally(Request request, int step)
    {
        _running += step;
        if (Interleaves(request)) return;
        if (request.IsReadOnly) _readers += step;
        else _exclusive += step;
    }
}
