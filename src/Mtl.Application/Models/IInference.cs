using Mtl.Core;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Models;

namespace Mtl.Application.Models;

/// <summary>Runs exported models on raw columns, for clients that speak in tensors. A version text is a number, <c>latest</c>, or an alias; a model is loaded when it is first asked.</summary>
public interface IInference
{
    /// <summary>All versions there are, by name, the newest first.</summary>
    Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellation = default);

    /// <summary>What a model takes and gives.</summary>
    Task<Result<ModelTensors>> DescribeAsync(string name, string version = "latest", CancellationToken cancellation = default);

    /// <summary>Runs the model on a column for every input; <paramref name="outputs"/> names the outputs wanted, none means all.</summary>
    Task<Result<InferenceAnswer>> InferAsync(
        string name, string version, IReadOnlyList<NamedColumn> inputs, IReadOnlyList<string> outputs, CancellationToken cancellation = default);

    /// <summary>What this process has served of the model since it loaded it.</summary>
    Task<Result<ModelActivity>> ActivityAsync(string name, string version, CancellationToken cancellation = default);
}

/// <summary>A model version as tensors in and tensors out, each <c>[rows, width]</c>.</summary>
/// <param name="Version">The version found.</param>
/// <param name="Versions">The numbers of all versions of its name, ascending.</param>
public sealed record ModelTensors(ModelVersion Version, IReadOnlyList<int> Versions, IReadOnlyList<TensorDescription> Inputs, IReadOnlyList<TensorDescription> Outputs);

/// <summary>A tensor <c>[rows, width]</c> of texts or of float32 numbers.</summary>
public sealed record TensorDescription(string Name, bool HoldsTexts, int Width);

/// <summary>What a model made of the rows it was given.</summary>
/// <param name="Version">The version that ran.</param>
/// <param name="Outputs">In the order asked for.</param>
public sealed record InferenceAnswer(ModelVersion Version, IReadOnlyList<NamedColumn> Outputs);

/// <summary>A model version and its statistics.</summary>
public sealed record ModelActivity(ModelVersion Version, PredictorStatistics Statistics);
