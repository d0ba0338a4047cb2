using Mtl.Application.Definitions;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
using Mtl.Data.Tables;
using Mtl.Tracking.Datasets;

namespace Mtl.Dashboard.Models;

/// <summary>A new experiment on its way through the wizard: everything entered so far, what stands in the way of each step, and the definition it makes.</summary>
public sealed class WizardState(ICatalogue catalogue)
{
    private static readonly (string Field, WizardStep Step)[] StepOfField =
    [
        ("data", WizardStep.Data), ("tasks", WizardStep.Tasks), ("inputs", WizardStep.Inputs), ("split", WizardStep.Split),
        ("architecture", WizardStep.Model), ("encoder", WizardStep.Model), ("weighting", WizardStep.Model), ("optimizer", WizardStep.Model),
        ("training", WizardStep.Model), ("preprocessing", WizardStep.Model), ("learner", WizardStep.Model), ("featureSpace", WizardStep.Model),
        ("regularizers", WizardStep.Model), ("transfer", WizardStep.Model), ("crossValidation", WizardStep.Model),
    ];

    /// <summary>Most tasks that a template is written out to.</summary>
    private const int MostTasks = 1000;

    private readonly Dictionary<string, bool> choices = [];
    private IReadOnlyList<LeakSuspicion> leaks = [];
    private Error? broken;

    public DefinitionDraft Draft { get; private set; } = new(catalogue, Empty);

    public Dataset? Dataset { get; private set; }

    public TableProfile? Profile { get; private set; }

    /// <summary>What was said of the definition last: by its rules as it is entered (<see cref="Check"/>), by the application when it was to be stored.</summary>
    public Error? Error { get; set; }

    /// <summary>Why the text last given to <see cref="Write"/> is not taken; nothing is started while it stands there.</summary>
    public Error? Refusal { get; set; }

    private static ExperimentDefinition Empty => new("", new DataDefinition(), []);

    /// <summary>Takes a table. Another table than before begins anew; the same one keeps what was entered.</summary>
    public void Use(Dataset dataset, TableProfile profile)
    {
        if (Dataset?.Id == dataset.Id)
        {
            Profile = profile;
            return;
        }

        (Dataset, Profile, leaks, Error, broken) = (dataset, profile, [], null, null);
        choices.Clear();
        Draft = new DefinitionDraft(catalogue, Empty with { Name = NameFor(dataset.Name), Data = new DataDefinition { Dataset = dataset.Id } });
        if (profile.Columns.FirstOrDefault(column => column.Role == ColumnRole.Split) is { } split)
            (Draft.SplitKind, Draft.SplitColumn) = (SplitKind.Column, split.Name);
    }

    /// <summary>Whether the model's own encoder reads anything: ordinary inputs, or a text, image or series without one of its own.</summary>
    public bool UsesEncoder => Draft.Modalities.Exists(modality => modality.Encoder.Key.Length == 0) || Inputs().Any(input => input is { IsIncluded: true, Modality: "" });

    /// <summary>The columns by which there may be a task for each value: not its own, with at least two values and not more than there may be tasks.</summary>
    public IReadOnlyList<string> Groupings(TaskDraft task)
    {
        ColumnProfile[] fitting = [.. Profile!.Columns.Where(column => column.Name == task.By || (column.Distinct is >= 2 and <= MostTasks && !task.Predicts(column.Name)))];
        return [.. ColumnList.Shown(fitting, column => column.Name == task.By).Select(column => column.Name)];
    }

    /// <summary>Columns suspected to give the tasks away.</summary>
    public void Suspect(IReadOnlyList<LeakSuspicion> suspicions) => leaks = suspicions;

    /// <summary>The columns that are neither task nor split column.</summary>
    public IReadOnlyList<InputChoice> Inputs() => [.. Unused().Select(Choice)];

    public void Choose(string column, bool isIncluded) => choices[column] = isIncluded;

    /// <summary>Takes all input columns of a type in that are suggested, or all out.</summary>
    public void Choose(ColumnType type, bool isIncluded)
    {
        foreach (var input in Inputs().Where(input => input.Column.Type == type && (input.IsSuggested || !isIncluded)))
            choices[input.Column.Name] = isIncluded;
    }

    /// <summary>The table's columns that a text, an image or a series is made of, in the table's order.</summary>
    public IReadOnlyList<ColumnProfile> ColumnsOf(ModalityDraft modality) => [.. Unused().Where(column => modality.Covers(column.Name))];

    /// <summary>Why the columns of a text, an image or a series can't be one; null when they can.</summary>
    public string? Misfit(ModalityDraft modality)
    {
        var (count, channels, height, width) = (ColumnsOf(modality).Count, modality.Size("channels"), modality.Size("height"), modality.Size("width"));
        var pixels = channels < 1 ? 0 : count / channels;
        var side = (int)Math.Sqrt(pixels);
        return (modality.Kind, count) switch
        {
            (_, 0) => modality.Columns.Count == 0 ? "Choose its columns." : "No column of the table that could be an input is called so.",
            (ModalityKind.Text, > 1) => $"A text is one column; {count} are called so.",
            (not ModalityKind.Text, _) when pixels * channels != count => $"{Formats.Count(count)} columns can't be shared out to {channels} channels.",
            (ModalityKind.Image, _) when height * width > 0 && (long)height * width != pixels => $"{height} × {width} with {channels} {(channels == 1 ? "channel" : "channels")} are {Formats.Count((long)height * width * channels)} numbers, and the columns are {Formats.Count(count)}.",
            (ModalityKind.Image, _) when height + width == 0 && side * side != pixels => $"{Formats.Count(pixels)} pixels are no square; give height and width.",
            _ => null,
        };
    }

    public ExperimentDefinition ToDefinition()
    {
        var definition = Draft.ToDefinition();
        return definition with
        {
            Inputs = definition.Inputs with { Include = [], Exclude = [.. Inputs().Where(input => !input.IsIncluded).Select(input => input.Column.Name)] },
        };
    }

    /// <summary>Holds the definition against its rules, as it is being entered.</summary>
    public void Check() => Error = broken = Draft.Tasks.Count > 0 && Draft.IsReadable ? Draft.Broken() : null;

    /// <summary>Takes the whole definition from a text, forms and all. The table stays the chosen one. A text that is no definition, or names methods or options that there aren't, changes nothing and is the <see cref="Refusal"/>.</summary>
    public void Write(string yaml)
    {
        var read = DefinitionYaml.Read(yaml, "The definition").Then(Checked);
        Refusal = read.Error;
        if (read.IsSuccess)
            Take(read.Value);
        else
            Error = broken = null;
    }

    /// <summary>Puts a definition in place of what was entered.</summary>
    public void Take(ExperimentDefinition definition)
    {
        Draft = new DefinitionDraft(catalogue, definition);
        choices.Clear();
        foreach (var column in Profile?.Columns ?? [])
            choices[column.Name] = !Draft.Inputs.Exclude.Contains(column.Name) && (Draft.Inputs.Include.Count == 0 || Draft.Inputs.Include.Contains(column.Name));
        Check();
    }

    /// <summary>Why the wizard can't go on after <paramref name="step"/>; null when it can.</summary>
    public string? Blocked(WizardStep step) => step switch
    {
        WizardStep.Data when Profile is null => "Choose a table first.",
        WizardStep.Tasks when Draft.Tasks.Count == 0 => "Choose at least one column to predict.",
        WizardStep.Tasks when Draft.Tasks.Any(task => !task.Loss.Form.IsValid || !task.IsReadable) => "A field can't be read; correct it first.",
        WizardStep.Tasks when Draft.Tasks.SelectMany(task => task.Columns).FirstOrDefault(name => Profile!.Columns.All(column => column.Name != name)) is { } missing => $"The table has no column '{missing}'.",
        WizardStep.Inputs when Inputs().All(input => !input.IsIncluded) => "Choose at least one input.",
        WizardStep.Inputs when Draft.Modalities.Exists(modality => !modality.IsReadable) || !Draft.Fusion.Form.IsValid => "A field can't be read; correct it first.",
        WizardStep.Inputs when Draft.Modalities.Exists(modality => Misfit(modality) is not null) => "The columns of a text, image or series don't fit; correct them first.",
        WizardStep.Inputs when Draft.Tasks.Exists(task => task.Kind == TaskKind.Tagging) && !IsOneText() => "A tagging task takes one text as its only input: read a column as a text, and leave the others out.",
        WizardStep.Split when Draft.SplitKind != SplitKind.Random && Draft.SplitColumn.Length == 0 => "Choose the column that this way of splitting needs.",
        WizardStep.Split when !Draft.Split.IsValid => "A field can't be read; correct it first.",
        WizardStep.Model when Draft.Transfer.Problem is { } problem => problem,
        WizardStep.Model when !Draft.IsReadable => "A field can't be read; correct it first.",
        WizardStep.Review when Draft.Name.Trim().Length == 0 => "Give the experiment a name.",
        WizardStep.Review when Refusal is not null => "The YAML can't be taken; correct it first.",
        < WizardStep.Review when broken is not null && StepOf(broken.Field) == step => broken.ToString(),
        _ => null,
    };

    /// <summary>The last step that can be opened: every one before it is complete.</summary>
    public WizardStep Reachable => Enum.GetValues<WizardStep>().FirstOrDefault(step => Blocked(step) is not null, WizardStep.Review);

    /// <summary>The step that has the field at fault; Review for what concerns the whole.</summary>
    public static WizardStep StepOf(string field) =>
        StepOfField.Where(item => field == item.Field || field.StartsWith(item.Field + ".", StringComparison.Ordinal) || field.StartsWith(item.Field + "[", StringComparison.Ordinal))
            .Select(item => (WizardStep?)item.Step).FirstOrDefault() ?? WizardStep.Review;

    public string Save() => DefinitionJson.Write(new WizardMemory(Dataset?.Id ?? "", ToDefinition(), choices));

    /// <summary>Takes up what a browser tab kept, if it belongs to the table in use.</summary>
    public void Restore(string? memory)
    {
        if (memory is null || DefinitionJson.Read<WizardMemory>(memory) is not { IsSuccess: true } read || read.Value.Dataset != Dataset?.Id)
            return;
        Draft = new DefinitionDraft(catalogue, read.Value.Definition);
        foreach (var (column, isIncluded) in read.Value.Choices)
            choices[column] = isIncluded;
        Check();
    }

    /// <summary>A file's name as an experiment's: without its ending, with spaces for other separators.</summary>
    private static string NameFor(string file)
    {
        var words = Path.GetFileNameWithoutExtension(file).Replace('_', ' ').Replace('-', ' ').Trim();
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>Whole: the forms leave out what they don't know, and nothing written may get lost.</summary>
    private Result<ExperimentDefinition> Checked(ExperimentDefinition written)
    {
        var asked = written with { Data = Draft.Data };
        return DefinitionRules.Complete(asked, catalogue).Map(_ => asked);
    }

    /// <summary>The columns that are no task's, whether its labels or what tells its rows, nor the split column.</summary>
    private IEnumerable<ColumnProfile> Unused() => (Profile?.Columns ?? []).Where(column => !Draft.Tasks.Exists(task => task.Predicts(column.Name) || task.By == column.Name) && !IsSplitColumn(column.Name));

    private bool IsOneText() => Draft.Modalities is [{ Kind: ModalityKind.Text }] && Inputs().All(input => !input.IsIncluded || input.Modality.Length > 0);

    private bool IsSplitColumn(string column) => Draft.SplitKind == SplitKind.Column && Draft.SplitColumn == column;

    private InputChoice Choice(ColumnProfile column)
    {
        var leak = leaks.FirstOrDefault(suspicion => suspicion.Column == column.Name);
        var isSuggested = leak is null && column.Role == ColumnRole.Input;
        var reason = leak?.Reason ?? column.RoleReason;
        var modality = Draft.Modalities.Find(modality => modality.Covers(column.Name))?.Name;
        return new InputChoice(
            column, modality is not null || (choices.TryGetValue(column.Name, out var isIncluded) ? isIncluded : isSuggested), isSuggested, reason.Length > 0 ? reason : string.Join(' ', column.Remarks), modality ?? "");
    }
}
