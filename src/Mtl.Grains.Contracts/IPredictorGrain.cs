using Orleans;

namespace Mtl.Grains.Contracts;

/// <summary>A loaded model; key: name / version. Stateless worker: as many as the load asks for; batches what comes at once.</summary>
[Alias("mtl.IPredictorGrain")]
public interface IPredictorGrain : IGrainWithStringKey
{
    /// <summary>The model's <c>ModelSignature</c> in its JSON form.</summary>
    [Alias("Signature")]
    Task<Reply<string>> Signature();

    /// <summary>Runs the model on named raw columns of equal length.</summary>
    [Alias("Infer")]
    Task<Reply<InferReply>> Infer(InferRequest request, CancellationToken cancellation);

    /// <summary>What this activation has served since it loaded the model.</summary>
    [Alias("Statistics")]
    Task<Reply<PredictorStatistics>> Statistics();
}

/// <summary>Raw columns: a float or a text column for every input of the model.</summary>
/// <param name="Outputs">Names of the outputs wanted; empty for all.</param>
[GenerateSerializer, Immutable, Alias("mtl.InferRequest")]
public sealed record InferRequest([property: Id(0)] NamedColumn[] Inputs, [property: Id(1)] string[] Outputs);

/// <summary>A tensor <c>[rows, width]</c> of floats or of texts, by row; exactly one of the two is given.</summary>
[GenerateSerializer, Immutable, Alias("mtl.NamedColumn")]
public sealed record NamedColumn([property: Id(0)] string Name, [property: Id(1)] int Width, [property: Id(2)] float[]? Numbers, [property: Id(3)] string[]? Texts);

/// <summary>The model's outputs.</summary>
[GenerateSerializer, Immutable, Alias("mtl.InferReply")]
public sealed record InferReply([property: Id(0)] NamedColumn[] Outputs);

/// <summary>What a predictor has done since it loaded its model. Requests refused before their run are not counted.</summary>
/// <param name="Requests">Requests answered.</param>
/// <param name="Failed">Requests whose run broke.</param>
/// <param name="Rows">Rows of the answered requests.</param>
/// <param name="Runs">Runs of the model; fewer than requests where requests shared them.</param>
/// <param name="Waiting">Time that answered requests waited for their run, summed over requests.</param>
/// <param name="Running">Time that the runs of answered requests took, summed over requests.</param>
/// <param name="LastRunAt">When the last run ended; null before the first.</param>
[GenerateSerializer, Immutable, Alias("mtl.PredictorStatistics")]
public sealed record PredictorStatistics(
    [property: Id(0)] long Requests,
    [property: Id(1)] long Failed,
    [property: Id(2)] long Rows,
    [property: Id(3)] long Runs,
    [property: Id(4)] TimeSpan Waiting,
    [property: Id(5)] TimeSpan Running,
    [property: Id(6)] DateTimeOffset? LastRunAt);
