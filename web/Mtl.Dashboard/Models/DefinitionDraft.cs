using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>An experiment definition being written in forms: everything as typed, turned into a definition at any time.</summary>
public sealed class DefinitionDraft
{
    private readonly ICatalogue catalogue;
    private readonly ExperimentDefinition origin;

    public DefinitionDraft(ICatalogue catalogue, ExperimentDefinition from)
    {
        (this.catalogue, origin) = (catalogue, from);
        (Name, Description, Data, Inputs, Baselines) = (from.Name, from.Description, from.Data, from.Inputs, from.Baselines);
        (SplitKind, SplitColumn) = (from.Split.Kind, from.Split.Column);
        Tasks = [.. from.Tasks.Select(task => new TaskDraft(catalogue, task))];
        Learner = new(catalogue, MethodKind.Learner, from.Learner);
        FeatureSpace = new(catalogue, MethodKind.FeatureSpace, from.FeatureSpace);
        Architecture = new(catalogue, MethodKind.Architecture, from.Architecture);
        Encoder = new(catalogue, MethodKind.Encoder, from.Encoder);
        Weighting = new(catalogue, MethodKind.Weighting, from.Weighting);
        Optimizer = new(catalogue, MethodKind.Optimizer, from.Optimizer);
        Schedule = new(catalogue, MethodKind.Schedule, from.Training.Schedule);
        Training = new(DefinitionOptions.Training, Members(from.Training));
        Preprocessing = new(DefinitionOptions.Preprocessing, Members(from.Preprocessing));
        Split = new(DefinitionOptions.Split, Members(from.Split));
        Modalities = [.. from.Inputs.Modalities.Select(modality => new ModalityDraft(catalogue, modality))];
        Fusion = new(catalogue, MethodKind.Fusion, from.Inputs.Fusion);
        Regularizers = [.. from.Regularizers.Select(regularizer => new MethodDraft(catalogue, MethodKind.Regularizer, regularizer))];
        Transfer = new(from.Transfer);
        CrossValidation = new(from.CrossValidation);
    }

    public string Name { get; set; }

    public string Description { get; set; }

    public DataDefinition Data { get; set; }

    public List<TaskDraft> Tasks { get; }

    /// <summary>Which columns are inputs; <see cref="Modalities"/> and <see cref="Fusion"/> beside it.</summary>
    public InputsDefinition Inputs { get; set; }

    /// <summary>Texts, images and series among the inputs.</summary>
    public List<ModalityDraft> Modalities { get; }

    /// <summary>How they become one representation; no key for the usual way.</summary>
    public MethodDraft Fusion { get; }

    public SplitKind SplitKind { get; set; }

    public string SplitColumn { get; set; }

    public OptionForm Split { get; }

    public OptionForm Preprocessing { get; }

    public OptionForm Training { get; }

    public MethodDraft Learner { get; }

    public MethodDraft FeatureSpace { get; }

    /// <summary>Architecture, encoder, weighting and optimizer count; a classical learner has a feature space in their place.</summary>
    public bool IsNetwork => Learner.Key == Learners.Network;

    public MethodDraft Architecture { get; }

    public MethodDraft Encoder { get; }

    public MethodDraft Weighting { get; }

    public MethodDraft Optimizer { get; }

    public MethodDraft Schedule { get; }

    public List<MethodDraft> Regularizers { get; }

    public TransferDraft Transfer { get; }

    public CrossValidationDraft CrossValidation { get; }

    public bool Baselines { get; set; }

    public IEnumerable<MethodDraft> Methods => [Learner, FeatureSpace, Architecture, Encoder, Weighting, Optimizer, Schedule, Fusion, .. Regularizers];

    /// <summary>No field holds something that can't be read.</summary>
    public bool IsReadable => Split.IsValid && Preprocessing.IsValid && Training.IsValid && Methods.All(method => method.Form.IsValid)
        && Tasks.All(task => task.Loss.Form.IsValid && task.IsReadable) && Modalities.TrueForAll(modality => modality.IsReadable) && CrossValidation.IsReadable;

    /// <summary>What can be said against the definition without its data; null when nothing can.</summary>
    public Error? Broken() => DefinitionRules.Complete(Name.Trim().Length == 0 ? ToDefinition() with { Name = "unnamed" } : ToDefinition(), catalogue).Error;

    /// <summary>Adds or takes away the task of a column.</summary>
    public void Toggle(string column, TaskKind suggestedKind)
    {
        if (Tasks.RemoveAll(task => task.Column == column) == 0)
            Tasks.Add(TaskDraft.Of(catalogue, column, suggestedKind));
    }

    /// <summary>Adds a task that is of no single column: a reconstruction of the inputs, or a multilabel task with a column for each label.</summary>
    public void AddTask(TaskKind kind)
    {
        var name = kind == TaskKind.Reconstruction ? "reconstruction" : "labels";
        Tasks.Add(new TaskDraft(catalogue, new TaskDefinition(Free(name, Tasks.Select(task => task.Name)), "", kind)));
    }

    /// <summary>Adds a text, an image or a series with the usual methods of its kind, named after its first column or its kind.</summary>
    public ModalityDraft AddModality(ModalityKind kind, params IReadOnlyList<string> columns)
    {
        var name = TaskDraft.NameFor(columns is [var first, ..] ? first.Trim('*') : $"{kind}".ToLowerInvariant());
        var added = ModalityDraft.Of(catalogue, Free(name, Modalities.Select(other => other.Name).Append("columns")), kind, columns);
        Modalities.Add(added);
        return added;
    }

    /// <summary>Adds the first regulariser that is not there yet.</summary>
    public void AddRegularizer()
    {
        var added = new MethodDraft(catalogue, MethodKind.Regularizer, null);
        added.Key = (added.Methods.FirstOrDefault(method => Regularizers.TrueForAll(other => other.Key != method.Key)) ?? added.Methods[0]).Key;
        Regularizers.Add(added);
    }

    /// <summary>The definition with what a model that starts from another's shared parameters must have like it: the same inputs, read and preprocessed the same way, and the same architecture.</summary>
    public ExperimentDefinition Like(ExperimentDefinition source)
    {
        var labels = source.Tasks.SelectMany(task => task.LabelColumns.Append(task.By)).Append(source.Split.Kind == SplitKind.Column ? source.Split.Column : "");
        return ToDefinition() with
        {
            Inputs = source.Inputs with { Exclude = [.. source.Inputs.Exclude.Concat(labels).Distinct().Where(column => column.Length > 0 && !Tasks.Exists(task => task.Predicts(column)))] },
            Preprocessing = source.Preprocessing,
            Learner = source.Learner,
            FeatureSpace = source.FeatureSpace,
            Architecture = source.Architecture,
            Encoder = source.Encoder,
        };
    }

    /// <summary>What was entered; members that no form has stay as the definition that the draft was made from has them.</summary>
    public ExperimentDefinition ToDefinition() => origin with
    {
        Name = Name.Trim(),
        Data = Data,
        Tasks = [.. Tasks.Select(task => task.ToDefinition())],
        Description = Description.Trim(),
        Inputs = Inputs with { Modalities = [.. Modalities.Select(modality => modality.ToDefinition())], Fusion = Fusion.ToChoice() },
        Split = Read<SplitDefinition>(Split) with { Kind = SplitKind, Column = SplitKind == SplitKind.Random ? "" : SplitColumn },
        Preprocessing = Read<PreprocessingDefinition>(Preprocessing),
        Learner = Chosen(Learner),
        FeatureSpace = IsNetwork ? new Choice(Learners.PlainFeatures) : Chosen(FeatureSpace),
        Architecture = Chosen(Architecture),
        Encoder = Chosen(Encoder),
        Weighting = Chosen(Weighting),
        Optimizer = Chosen(Optimizer),
        Regularizers = [.. Regularizers.Select(Chosen)],
        Training = Read<TrainingDefinition>(Training) with { Schedule = Chosen(Schedule) },
        Transfer = Transfer.ToDefinition(),
        CrossValidation = CrossValidation.ToDefinition(),
        Baselines = Baselines,
    };

    /// <summary>The name, with a number behind it where it is taken.</summary>
    private static string Free(string name, IEnumerable<string> taken) =>
        taken.ToHashSet() is var names && !names.Contains(name) ? name : Enumerable.Range(2, names.Count + 1).Select(number => $"{name}_{number}").First(candidate => !names.Contains(candidate));

    private static Choice Chosen(MethodDraft method) => method.ToChoice() ?? new Choice("");

    private static JsonObject Members<T>(T part) => JsonSerializer.SerializeToNode(part, DefinitionJson.Options)!.AsObject();

    private static T Read<T>(OptionForm form) => new JsonObject(form.Changed().Select(item => KeyValuePair.Create(item.Key, item.Value?.DeepClone()))).Deserialize<T>(DefinitionJson.Options)!;
}
