using Mtl.Application.Definitions;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Data.Profiling;
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
    ];

    private readonly Dictionary<string, bool> choices = [];
    private IReadOnlyList<LeakSuspicion> leaks = [];

    public DefinitionDraft Draft { get; private set; } = new(catalogue, Empty);

    public Dataset? Dataset { get; private set; }

    public TableProfile? Profile { get; private set; }

    /// <summary>What the application said of the definition last.</summary>
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

        (Dataset, Profile, leaks, Error) = (dataset, profile, [], null);
        choices.Clear();
        Draft = new DefinitionDraft(catalogue, Empty with { Name = NameFor(dataset.Name), Data = new DataDefinition { Dataset = dataset.Id } });
        if (profile.Columns.FirstOrDefault(column => column.Role == ColumnRole.Split) is { } split)
            (Draft.SplitKind, Draft.SplitColumn) = (SplitKind.Column, split.Name);
    }

    /// <summary>Columns suspected to give the tasks away.</summary>
    public void Suspect(IReadOnlyList<LeakSuspicion> suspicions) => leaks = suspicions;

    /// <summary>The columns that are neither task nor split column.</summary>
    public IReadOnlyList<InputChoice> Inputs() => Profile is null
        ? []
        : [.. Profile.Columns.Where(column => Draft.Tasks.All(task => task.Column != column.Name) && !IsSplitColumn(column.Name)).Select(Choice)];

    public void Choose(string column, bool isIncluded) => choices[column] = isIncluded;

    public ExperimentDefinition ToDefinition() => Draft.ToDefinition() with
    {
        Inputs = Draft.Inputs with { Include = [], Exclude = [.. Inputs().Where(input => !input.IsIncluded).Select(input => input.Column.Name).Where(name => !Draft.Inputs.Modalities.Any(modality => modality.Covers(name)))] },
    };

    /// <summary>Takes the whole definition from a text, for what no form of the wizard has: modalities, regularisers, transfer, cross-validation. The table stays the chosen one. A text that is no definition, or names methods or options that there aren't, changes nothing and is the <see cref="Refusal"/>.</summary>
    public void Write(string yaml)
    {
        var read = DefinitionYaml.Read(yaml, "The definition").Then(Checked);
        (Refusal, Error) = (read.Error, null);
        if (!read.IsSuccess)
            return;
        Draft = new DefinitionDraft(catalogue, read.Value);
        choices.Clear();
        foreach (var column in Profile?.Columns ?? [])
            choices[column.Name] = !Draft.Inputs.Exclude.Contains(column.Name) && (Draft.Inputs.Include.Count == 0 || Draft.Inputs.Include.Contains(column.Name));
    }

    /// <summary>Why the wizard can't go on after <paramref name="step"/>; null when it can.</summary>
    public string? Blocked(WizardStep step) => step switch
    {
        WizardStep.Data when Profile is null => "Choose a table first.",
        WizardStep.Tasks when Draft.Tasks.Count == 0 => "Choose at least one column to predict.",
        WizardStep.Tasks when Draft.Tasks.Any(task => !task.Loss.Form.IsValid || !task.IsReadable) => "A field can't be read; correct it first.",
        WizardStep.Inputs when Inputs().All(input => !input.IsIncluded) => "Choose at least one input.",
        WizardStep.Split when Draft.SplitKind != SplitKind.Random && Draft.SplitColumn.Length == 0 => "Choose the column that this way of splitting needs.",
        WizardStep.Split when !Draft.Split.IsValid => "A field can't be read; correct it first.",
        WizardStep.Model when !Draft.IsReadable => "A field can't be read; correct it first.",
        WizardStep.Review when Draft.Name.Trim().Length == 0 => "Give the experiment a name.",
        WizardStep.Review when Refusal is not null => "The YAML can't be taken; correct it first.",
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

    private bool IsSplitColumn(string column) => Draft.SplitKind == SplitKind.Column && Draft.SplitColumn == column;

    private InputChoice Choice(ColumnProfile column)
    {
        var leak = leaks.FirstOrDefault(suspicion => suspicion.Column == column.Name);
        var isSuggested = leak is null && column.Role == ColumnRole.Input;
        var reason = leak?.Reason ?? column.RoleReason;
        return new InputChoice(column, choices.TryGetValue(column.Name, out var isIncluded) ? isIncluded : isSuggested, isSuggested, reason.Length > 0 ? reason : string.Join(' ', column.Remarks));
    }
}
