using System.Collections.Concurrent;

namespace Mtl.LocalSilo.Tests.Activations;

/// <summary>Named gates at which grains wait until a test opens them, and which say that a grain has come.</summary>
internal sealed class Gates
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _entered = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _opened = new();

    public void Enter(string gate) => Of(_entered, gate).TrySetResult();

    public Task PassAsync(string gate) => Of(_opened, gate).Task;

    public void Open(string gate) => Of(_opened, gate).TrySetResult();

    /// <summary>Waits until a grain has come to the gate.</summary>
    public Task EnteredAsync(string gate) => Of(_entered, gate).Task.WaitAsync(TimeSpan.FromSeconds(20));

    public bool HasEntered(string gate) => Of(_entered, gate).Task.IsCompleted;

    private static TaskCompletionSource Of(ConcurrentDictionary<string, TaskCompletionSource> gates, string gate) =>
        gates.GetOrAdd(gate, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
