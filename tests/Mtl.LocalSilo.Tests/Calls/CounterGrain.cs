using Orleans;

namespace Mtl.LocalSilo.Tests.Calls;

[Alias("tests.counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> Add(int amount);

    [Alias("add-value")]
    ValueTask<int> AddByValueTask(int amount);

    [Alias("reset")]
    ValueTask Reset();

    [Alias("key")]
    Task<string> Key();
}

internal sealed class CounterGrain : Grain, ICounterGrain
{
    private int _count;

    public Task<int> Add(int amount) => Task.FromResult(_count += amount);

    public async ValueTask<int> AddByValueTask(int amount)
    {
        await Task.Yield();
        return _count += amount;
    }

    public ValueTask Reset()
    {
        _count = 0;
        return default;
    }

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}
