namespace Mtl.Runtime.Tests;

/// <summary>The two-layer model over buffers filled from a seed, bound and ready.</summary>
internal sealed class TwoLayerRun : IDisposable
{
    private readonly Executable model;

    public TwoLayerRun(int inputs, int width, int capacity, int threads = 1)
    {
        model = Models.Load(Models.TwoLayers(inputs, width), new() { Threads = threads });
        Parameters = new(new([("w1", [inputs, width]), ("b1", [width]), ("w2", [width, 1])]));
        Results = new(new([("y", [capacity, 1]), ("loss", [1, 1])]));
        X = new(capacity * inputs);
        var random = new Random(1);
        foreach (ref var value in Parameters.All) value = random.NextSingle() - 0.5f;
        foreach (ref var value in X.Span) value = random.NextSingle() - 0.5f;
        Binding = model.Bind(
            new Dictionary<string, TensorView>
            {
                ["x"] = X.View(capacity, inputs), ["w1"] = Parameters.View("w1"), ["b1"] = Parameters.View("b1"), ["w2"] = Parameters.View("w2"),
            },
            new Dictionary<string, TensorView> { ["y"] = Results.View("y"), ["loss"] = Results.View("loss") });
    }

    public AlignedBuffer<float> X { get; }

    public FlatBuffer Parameters { get; }

    public FlatBuffer Results { get; }

    public Binding Binding { get; }

    public float[] Run(int rows)
    {
        Results.All.Clear();
        Binding.Run(rows);
        return Results.All.ToArray();
    }

    public void Dispose()
    {
        model.Dispose();
        X.Dispose();
        Parameters.Dispose();
        Results.Dispose();
    }
}
