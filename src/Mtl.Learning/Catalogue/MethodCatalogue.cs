using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Architectures;
using Mtl.Learning.Classical;
using Mtl.Learning.Classical.Features;
using Mtl.Learning.Encoders;
using Mtl.Learning.Encoders.Fusion;
using Mtl.Learning.Losses;
using Mtl.Learning.Metrics;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Preprocessing.Tokenizers;
using Mtl.Learning.Regularizers;
using Mtl.Learning.Schedules;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Catalogue;

/// <summary>Every method the platform has, from one table per kind. Immutable and thread-safe.</summary>
public sealed class MethodCatalogue(IReadOnlyList<IMethodTable> tables) : ICatalogue
{
    /// <summary>The platform's catalogue. A new kind of method adds its table here.</summary>
    public static MethodCatalogue Standard { get; } = new(
    [
        ArchitectureTable.Methods,
        EncoderTable.Methods,
        TokenizerTable.Methods,
        FusionTable.Methods,
        WeightingTable.Methods,
        OptimizerTable.Methods,
        ScheduleTable.Methods,
        RegularizerTable.Methods,
        LossTable.Methods,
        MetricTable.Methods,
        LearnerTable.Methods,
        FeatureSpaceTable.Methods,
    ]);

    public IReadOnlyList<MethodInfo> Methods { get; } = [.. tables.SelectMany(table => table.Infos)];

    public Result<MethodInfo> Find(MethodKind kind, string key) =>
        Methods.FirstOrDefault(method => method.Kind == kind && method.Key == key) is { } found ? found : NoSuch(kind, key);

    public Result<Choice> Complete(MethodKind kind, Choice choice) =>
        SchemaOf(kind, choice).Then(schema => schema.Complete(Owner(kind, choice), choice.Options)).Map(options => choice with { Options = options });

    public IReadOnlyList<string> EncodersFor(ModalityKind kind) => [.. ModalityEncoders.KeysFor(kind)];

    public Error? Refuse(ExperimentDefinition definition) => CombinationRules.Broken(definition);

    /// <summary>The choice's options as the method's options record, checked and with defaults for those left out.</summary>
    /// <exception cref="InvalidCastException"><typeparamref name="TOptions"/> is not the options record of the chosen method.</exception>
    public Result<TOptions> Bind<TOptions>(MethodKind kind, Choice choice)
        where TOptions : class, new() =>
        SchemaOf(kind, choice).Then(schema => schema.Bind(Owner(kind, choice), choice.Options)).Map(options => (TOptions)options);

    private static string Owner(MethodKind kind, Choice choice) => $"{kind.Noun()} '{choice.Key}'";

    private Result<OptionSchema> SchemaOf(MethodKind kind, Choice choice) =>
        tables.Where(table => table.Kind == kind).Select(table => table.SchemaOf(choice.Key)).FirstOrDefault(schema => schema is not null) is { } schema
            ? schema
            : NoSuch(kind, choice.Key) with { Kind = ErrorKind.Invalid };

    private Error NoSuch(MethodKind kind, string key) => kind.NoSuch(key, [.. Methods.Where(method => method.Kind == kind)]);
}
