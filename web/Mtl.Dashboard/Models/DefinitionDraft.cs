using System.Text.Json;
using System.Text.Json.Nodes;
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
    }

    public string Name { get; set; }

    public string Description { get; set; }

    public DataDefinition Data { get; set; }

    public List<TaskDraft> Tasks { get; }

    public InputsDefinition Inputs { get; set; }

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

    public bool Baselines { get; set; }

    public IEnumerable<MethodDraft> Methods => [Learner, FeatureSpace, Architecture, Encoder, Weighting, Optimizer, Schedule];

    /// <summary>No field holds something that can't be read.</summary>
    public bool IsReadable => Split.IsValid && Preprocessing.IsValid && Training.IsValid && Methods.All(method => method.Form.IsValid) && Tasks.All(task => task.Loss.Form.IsValid && task.IsReadable);

    /// <summary>Adds or takes away the task of a column.</summary>
    public void Toggle(string column, TaskKind suggestedKind)
    {
        if (Tasks.RemoveAll(task => task.Column == column) == 0)
            Tasks.Add(TaskDraft.Of(catalogue, column, suggestedKind));
    }

    /// <summary>What was entered; members that no form has stay as the definition that the draft was made from has them.</summary>
    public ExperimentDefinition ToDefinition() => origin with
    {
        Name = Name.Trim(),
        Data = Data,
        Tasks = [.. Tasks.Select(task => task.ToDefinition())],
        Description = Description.Trim(),
        Inputs = Inputs,
        Split = Read<SplitDefinition>(Split) with { Kind = SplitKind, Column = SplitKind == SplitKind.Random ? "" : SplitColumn },
        Preprocessing = Read<PreprocessingDefinition>(Preprocessing),
        Learner = Chosen(Learner),
        FeatureSpace = IsNetwork ? new Choice(Learners.PlainFeatures) : Chosen(FeatureSpace),
        Architecture = Chosen(Architecture),
        Encoder = Chosen(Encoder),
        Weighting = Chosen(Weighting),
        Optimizer = Chosen(Optimizer),
        Training = Read<TrainingDefinition>(Training) with { Schedule = Chosen(Schedule) },
        Baselines = Baselines,
    };

    private static Choice Chosen(MethodDraft method) => method.ToChoice() ?? new Choice("");

    private static JsonObject Members<T>(T part) => JsonSerializer.SerializeToNode(part, DefinitionJson.Options)!.AsObject();

    private static T Read<T>(OptionForm form) => new JsonObject(form.Changed().Select(item => KeyValuePair.Create(item.Key, item.Value?.DeepClone()))).Deserialize<T>(DefinitionJson.Options)!;
}
