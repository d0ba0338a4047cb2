using Mtl.Core;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Training;

/// <content>Starting from the shared parameters of a model that was trained before.</content>
public sealed partial class TrainingPlan
{
    /// <summary>The model whose shared parameters training starts from; null when it starts anew.</summary>
    public TransferSource? Source { get; private set; }

    /// <summary>The values of parameters that are not trained, by name; null when all are.</summary>
    internal IReadOnlyDictionary<string, TensorValue>? Frozen => Definition.Transfer is { Freeze: true } ? Source?.Parameters : null;

    /// <summary>Sets all parameters to their values before training.</summary>
    internal void Initialize(Model model, Span<float> parameters)
    {
        model.Initialize(parameters, Definition.Training.Seed);
        foreach (var slot in model.Layout.Slots.Where(slot => slot.Offset < model.SharedLength))
            if (Source?.Parameters.GetValueOrDefault(slot.Name) is { } value)
                value.Span<float>().CopyTo(parameters.Slice(slot.Offset, slot.Length));
    }

    private Result<TrainingPlan> StartingFrom(TransferSource? source)
    {
        if (Definition.Transfer is not { } transfer)
        {
            return source is null
                ? this
                : Error.Invalid("A source to start from was given, but the definition has no transfer.", "Add transfer to the definition, or leave the source out.", "transfer");
        }

        if (source is null)
        {
            return Error.Invalid(
                $"The definition starts from {(transfer.Run.Length > 0 ? $"run '{transfer.Run}'" : $"model '{transfer.Model}'")}, whose parameters were not given.",
                "Read them from its exported model (TransferSource.Read) and give them with the definition.",
                "transfer");
        }

        if (source.Misfit(Features, BuildModel(Features.PreprocessedInputs(), training: false)) is { } misfit)
            return misfit;
        var plan = (TrainingPlan)MemberwiseClone();
        plan.Source = source;
        plan.Fingerprint = PlanFingerprint.Of(plan);
        return PlanRules.Broken(plan) is { } refused ? refused : plan;
    }
}
