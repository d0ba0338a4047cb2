namespace Mtl.Dashboard.Models;

/// <summary>Where charts read their points, and hear of new ones.</summary>
public sealed class CurveSource(Func<string, CurveData> read)
{
    public event Func<CurveChange, Task>? Changed;

    public CurveData Read(string key) => read(key);

    public async Task PublishAsync(CurveChange change)
    {
        foreach (var listener in Changed?.GetInvocationList() ?? [])
            await ((Func<CurveChange, Task>)listener)(change);
    }
}
