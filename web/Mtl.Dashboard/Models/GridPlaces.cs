using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>The options of a definition that cross-validation may choose, by their places, as a form offers them.</summary>
public static class GridPlaces
{
    /// <summary>Options of a run's own course, which no score chooses.</summary>
    private static readonly string[] Indifferent = ["threads", "checkpointSeconds", "analysisEvery"];

    /// <summary>In groups, in the order of the forms.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<GridPlace> Places)> Of(DefinitionDraft draft) =>
    [
        .. draft.IsNetwork ? Network(draft) : [Method("Method", "learner", draft.Learner), Method("Feature space", "featureSpace", draft.FeatureSpace)],
        ("Preprocessing", Options("preprocessing", draft.Preprocessing)),
    ];

    private static IEnumerable<(string Group, IReadOnlyList<GridPlace> Places)> Network(DefinitionDraft draft) =>
    [
        Method("Optimizer", "optimizer", draft.Optimizer),
        ("Training", Options("training", draft.Training)),
        Method("Architecture", "architecture", draft.Architecture),
        Method("Encoder", "encoder", draft.Encoder),
        .. draft.Modalities.Index().Where(item => item.Item.Encoder.Key.Length > 0).Select(item => Method($"Encoder of {item.Item.Name}", $"inputs.modalities[{item.Index}].encoder", item.Item.Encoder)),
        Method("Task weighting", "weighting", draft.Weighting),
        Method("Schedule", "training.schedule", draft.Schedule),
        .. draft.Regularizers.Index().Select(item => ($"Regularizer {item.Item.Key}", Options($"regularizers[{item.Index}]", item.Item.Form))),
    ];

    /// <summary>A method's options, and which method it is.</summary>
    private static (string Group, IReadOnlyList<GridPlace> Places) Method(string title, string path, MethodDraft method) =>
        (title, [.. Options(path, method.Form), new GridPlace(path, "which one", method.Key)]);

    private static IReadOnlyList<GridPlace> Options(string path, OptionForm form) =>
        [.. form.Fields.Where(field => !Indifferent.Contains(field.Info.Name)).Select(field => new GridPlace($"{path}.{field.Info.Name}", Formats.Words(field.Info.Name), field.Info.Type is OptionType.IntegerList or OptionType.NumberList ? $"[{field.Text}]" : field.Text))];
}
