using Mtl.Application.Models;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Tracking.Models;

namespace Mtl.Dashboard.Tests.Development;

internal sealed class DevelopmentModels(TimeProvider time) : IModels, IRegisteredModels
{
    private static readonly RegisteredModel Model = new("census-income", "", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private readonly Dictionary<string, int> aliases = new() { ["production"] = 2 };

    public static ModelSignature Signature { get; } = new(
        [
            new("age", InputKind.Numeric) { Minimum = 17, Maximum = 90, Mean = 38.58, IsWhole = true },
            new("workclass", InputKind.Categorical) { Categories = ["Private", "Self-emp-not-inc", "Local-gov", "State-gov"] },
            new("education-num", InputKind.Numeric) { Minimum = 1, Maximum = 16, Mean = 10.08, IsWhole = true },
            new("occupation", InputKind.Categorical) { Categories = ["Prof-specialty", "Craft-repair", "Exec-managerial", "Sales"] },
            new("relationship", InputKind.Categorical) { Categories = ["Husband", "Not-in-family", "Own-child"] },
            new("capital-gain", InputKind.Numeric) { Minimum = 0, Maximum = 99999, Mean = 1077.648, IsWhole = true },
            new("city", InputKind.Categorical) { Categories = [.. Enumerable.Range(1, 400).Select(i => $"City {i}")] },
        ],
        [
            new("income", "income", TaskKind.Binary, ["<=50K", ">50K"]),
            new("never-married", "marital-status", TaskKind.Binary, ["other", "Never-married"]),
            new("hours", "hours-per-week", TaskKind.Regression, []),
        ]);

    public Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<ModelVersion>>(
        [.. Enumerable.Range(1, 3).Reverse().Select(version => new ModelVersion("census-income", version, $"r{version + 1}", "model.onnx", 2.4e-7 * version, "9f86d081884c7d659a2feaa0c55ad015", time.GetUtcNow().AddHours(-version)))]);

    public async Task<Result<ModelVersion>> GetAsync(string name, string version = "latest", CancellationToken cancellation = default) =>
        (await ListAsync(cancellation)).FirstOrDefault(model => model.Name == name && (version == "latest" || $"{model.Version}" == version)) is { } found
            ? found with { CreatedAt = DateTimeOffset.UnixEpoch }
            : Error.NotFound($"There is no model '{name}' of version '{version}'", "A model is exported when a run completes.");

    async Task<Result<RegisteredModelPage>> IRegisteredModels.ListAsync(string find, string? token, CancellationToken cancellation)
    {
        var versions = await ListAsync(cancellation);
        return new RegisteredModelPage([new RegisteredModelRow(Model, versions[0], versions.Count, aliases)], null);
    }

    async Task<Result<RegisteredModelView>> IRegisteredModels.GetAsync(string name, CancellationToken cancellation) => name == Model.Name
        ? new RegisteredModelView(Model, await ListAsync(cancellation), aliases, Enumerable.Range(1, 3).ToDictionary(version => version, _ => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>()))
        : Error.NotFound($"There is no registered model '{name}'.", "List the models to see which exist.");

    public Task<Result<string>> SetStageAsync(string name, int version, string stage, CancellationToken cancellation = default) =>
        Task.FromResult<Result<string>>(Error.Unavailable("The development site keeps nothing."));

    public Task<Result<ModelVersion>> OfRunAsync(string runId, CancellationToken cancellation = default) => GetAsync("census-income", "3", cancellation);

    public Task<Result<ModelSignature>> SignatureAsync(string name, string version = "latest", CancellationToken cancellation = default) => Task.FromResult<Result<ModelSignature>>(Signature);

    public Task<Result<Stream>> OpenAsync(string name, string version = "latest", CancellationToken cancellation = default) => Task.FromResult<Result<Stream>>(new MemoryStream());

    public Task<Result<string>> SetAliasAsync(string name, string alias, int? version, CancellationToken cancellation = default)
    {
        if (version is { } number)
            aliases[alias] = number;
        else
            aliases.Remove(alias);
        return Task.FromResult<Result<string>>(alias);
    }

    public Task<IReadOnlyDictionary<string, int>> AliasesAsync(string name, CancellationToken cancellation = default) => Task.FromResult<IReadOnlyDictionary<string, int>>(new Dictionary<string, int>(aliases));
}

internal sealed class DevelopmentPredictions : IPredictions
{
    public Task<Result<IReadOnlyList<RowPrediction>>> PredictAsync(
        string name, string version, IReadOnlyList<IReadOnlyDictionary<string, string?>> rows, CancellationToken cancellation = default) => Task.FromResult<Result<IReadOnlyList<RowPrediction>>>(
        rows.Select(_ => new RowPrediction(
        [
            new("income", 0.73, ">50K", new Dictionary<string, double> { ["<=50K"] = 0.27, [">50K"] = 0.73 }),
            new("never-married", 0.94, "other", new Dictionary<string, double> { ["other"] = 0.94, ["Never-married"] = 0.06 }),
            new("hours", 42.37, "", new Dictionary<string, double>()),
        ])).ToArray());

    public async Task<Result<Stream>> PredictCsvAsync(string name, string version, Stream csv, CancellationToken cancellation = default)
    {
        var copy = new MemoryStream();
        await csv.CopyToAsync(copy, cancellation);
        copy.Position = 0;
        return copy;
    }
}
