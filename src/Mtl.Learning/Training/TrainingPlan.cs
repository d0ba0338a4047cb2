using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Data.Splitting;
using Mtl.Data.Tables;
using Mtl.Learning.Architectures;
using Mtl.Learning.Classical;
using Mtl.Learning.Encoders;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Preprocessing;
using Mtl.Learning.Preprocessing.Targets;
using Mtl.Learning.Regularizers;
using Mtl.Learning.Schedules;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Training;

/// <summary>
/// An experiment made ready to train: definition checked and completed, rows split, preprocessing fitted and run, model and methods made. Immutable, and a pure function of definition and table.
/// <code>
/// var table = TableReader.Read("adult.csv").Value;
/// var plan = TrainingPlan.Create(definition, table, MethodCatalogue.Standard).Value;      // or its Error, before any training
/// var outcome = new Trainer(plan).Run(listener, resumeFrom: null, stop);
/// if (outcome is TrainingOutcome.Completed { Result: var result })
///     File.WriteAllBytes("model.onnx", ModelExport.ToOnnx(plan, result.Parameters));     // takes raw columns
/// </code>
/// </summary>
public sealed partial class TrainingPlan
{
    private const int FullBatchChunk = 4096;

    private readonly IArchitecture architecture;
    private readonly IEncoder encoder;
    private readonly MakeOptimizer makeOptimizer;
    private readonly MakeWeighting makeWeighting;
    private readonly MakeSchedule makeSchedule;
    private readonly bool isFullBatch;

    private TrainingPlan(
        ExperimentDefinition definition, IReadOnlyList<TaskPlan> tasks, IReadOnlyList<TaskPool> pools, RowGroups? groups, FeaturePlan features, TrainingData data, SplitIndices split, Methods methods, Learner? learner)
    {
        (Definition, Tasks, Pools, Groups, Features, Data, Learner) = (definition, tasks, pools, groups, features, data, learner);
        (architecture, encoder, makeOptimizer, makeWeighting, makeSchedule, Regularizers) = methods with { Architecture = learner ?? methods.Architecture };
        isFullBatch = makeOptimizer(1) is IFullBatchOptimizer;
        (TrainRows, ValidationRows, TestRows) = (Labelled(split.Train), Labelled(split.Validation), Labelled(split.Test));
        Signature = new ModelSignature(
            [.. features.Columns.Select(column => column.Describe())],
            [.. tasks.Select(task => task.Describe())]);
        WidestLayer = BuildModel(features.PreprocessedInputs(), training: false).WidestLayer;
        Fingerprint = PlanFingerprint.Of(this);
    }

    /// <summary>With every option filled in, and tasks by a column's values (<see cref="TaskDefinition.By"/>) written out.</summary>
    public ExperimentDefinition Definition { get; }

    /// <summary>In the definition's order.</summary>
    public IReadOnlyList<TaskPlan> Tasks { get; }

    /// <summary>The tasks that templates were written out to.</summary>
    public IReadOnlyList<TaskPool> Pools { get; }

    /// <summary>The preprocessing, fitted on the training rows.</summary>
    public FeaturePlan Features { get; }

    /// <summary>What the exported model takes and gives.</summary>
    public ModelSignature Signature { get; }

    /// <summary>Units of the widest layer, for <see cref="ThreadChoice"/>.</summary>
    public int WidestLayer { get; }

    /// <summary>SHA-256 over all that decides the outcome: methods, options, seed, preprocessed rows, labels, split and what it starts from. A checkpoint belongs to the plan of the same fingerprint.</summary>
    public string Fingerprint { get; private set; }

    internal TrainingData Data { get; }

    /// <summary>The classical method that learns, in the architecture's place; null when a network is trained.</summary>
    internal Learner? Learner { get; }

    /// <summary>The groups of rows of a problem whose tasks each have rows of their own; null where tasks share rows.</summary>
    internal RowGroups? Groups { get; }

    /// <summary>Places for labels and predictions in a batch: one for each task, or, where tasks have rows of their own, as many as a group has tasks at most.</summary>
    internal int Slots => Groups?.Members.Max(members => members.Length) ?? Tasks.Count;

    internal IReadOnlyList<Regularizer> Regularizers { get; }

    /// <summary>Rows of the training side with a label of at least one task; the other sides likewise.</summary>
    internal int[] TrainRows { get; }

    internal int[] ValidationRows { get; }

    /// <summary>Rows of one optimiser step: a batch, or all of them.</summary>
    internal int RowsPerStep => isFullBatch ? TrainRows.Length : Definition.Training.BatchSize;

    /// <summary>Most rows that are computed at once: a step's, or where that is all of them, a part that fits the caches.</summary>
    internal int RowsPerPass => Math.Min(isFullBatch ? FullBatchChunk : Definition.Training.BatchSize, TrainRows.Length);

    internal int[] TestRows { get; }

    /// <summary>Makes a plan, or says what is wrong with the definition or its table before anything is trained.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="table">Its data; not kept.</param>
    /// <param name="catalogue">The methods to complete the definition with.</param>
    /// <param name="source">What the definition's transfer speaks of; null when it has none.</param>
    public static Result<TrainingPlan> Create(ExperimentDefinition definition, Table table, ICatalogue catalogue, TransferSource? source = null) =>
        Make(definition, table, catalogue, Splits.Of, needsLabels: true).Then(plan => plan.StartingFrom(source));

    /// <summary>A plan of a cross-validation's fold: with its sides, on which not every task needs labels.</summary>
    internal static Result<TrainingPlan> CreateForFold(ExperimentDefinition definition, Table table, ICatalogue catalogue, TransferSource? source, SplitIndices sides) =>
        Make(definition, table, catalogue, (_, _, _) => sides, needsLabels: false).Then(plan => plan.StartingFrom(source));

    private static Result<TrainingPlan> Make(
        ExperimentDefinition definition, Table table, ICatalogue catalogue, Func<Table, SplitDefinition, ulong, Result<SplitIndices>> splitOf, bool needsLabels) =>
        DefinitionRules.Complete(definition, catalogue).Then(completed =>
            TaskTemplates.WriteOut(completed, table).Then(written =>
            Methods.Of(written.Definition).Then(methods =>
            CheckColumns(written.Definition, table).Then(inputs =>
            ModalityEncoders.Of(written.Definition, inputs).Then(encoder =>
            splitOf(table, completed.Split, completed.Training.Seed).Then(split =>
            FeaturesOf(completed, inputs, table, split).Then(features =>
            TaskPlans.Fit(
                completed, written.Definition, written.Origins, table, new TableFeatures(features.Matrix.Features, features.Plan, table), split, needsLabels).Then<TrainingPlan>(tasks =>
            {
                var groups = RowGroups.Of(written.Definition.Tasks, table);
                if (groups is null && completed.Training.Drawing != TaskDrawing.Proportional)
                    return NothingToDraw(completed.Training.Drawing);
                var data = new TrainingData(
                    table.RowCount,
                    features.Plan.FeatureCount,
                    features.Matrix.Features,
                    features.Plan.IdCount,
                    features.Matrix.Categories,
                    [.. tasks.Select(task => task.Target.Values)],
                    [.. tasks.Select(task => task.Target.Labelled)]);
                var pools = PoolsOf(completed, written.Origins);
                return LearnerRules.Make(written.Definition, tasks, features.Plan, data, split.Train).Then<TrainingPlan>(learner =>
                {
                    var plan = new TrainingPlan(written.Definition, tasks, pools, groups, features.Plan, data, split, methods with { Encoder = encoder }, learner);
                    return learner is null && PlanRules.Broken(plan) is { } refused ? refused : plan;
                });
            }))))))));

    /// <summary>A task's slot.</summary>
    internal int SlotOf(int task) => Groups?.MemberOf[task] ?? task;

    /// <summary>Numbers per row that a slot's labels take: those of its widest target.</summary>
    internal int TargetWidth(int slot) => TasksOf(slot).Max(task => Tasks[task].Target.Width);

    /// <summary>Numbers per row that a slot's predictions take.</summary>
    internal int PredictionWidth(int slot) => TasksOf(slot).Max(task => Tasks[task].PredictionWidth);

    /// <param name="inputs">The preprocessed columns.</param>
    /// <param name="training">With dropout, or without.</param>
    /// <param name="rows">Whose the batch's rows are; null for a model in which every task predicts every row.</param>
    /// <param name="isWhole">With a frozen trunk's values as parameters like all others, which is how a model is exported.</param>
    internal Model BuildModel(ModelInputs inputs, bool training, TaskRows? rows = null, bool isWhole = false) =>
        Model.Build(architecture, encoder, inputs, [.. Tasks.Select(task => task.Head)], training, rows, isWhole ? null : Frozen, Regularizers);

    internal IOptimizer MakeOptimizer(int parameterCount) => makeOptimizer(parameterCount);

    internal Schedule MakeSchedule(ScheduleContext context) => makeSchedule(context);

    internal Weighting MakeWeighting() => makeWeighting(new WeightingContext([.. Tasks.Select(task => task.Name)], Definition.Training.Seed)).Value;

    private static Result<InputSelection> CheckColumns(ExperimentDefinition definition, Table table)
    {
        for (var index = 0; index < definition.Tasks.Count; index++)
            foreach (var column in definition.Tasks[index].LabelColumns)
                if (table.Find(column, $"tasks[{index}].column") is { IsSuccess: false } absent)
                    return absent.Error;
        return InputColumns.Choose(definition, table);
    }

    private static Result<(FeaturePlan Plan, FeatureMatrix Matrix)> FeaturesOf(ExperimentDefinition definition, InputSelection inputs, Table table, SplitIndices split)
    {
        var plan = inputs.Fit(split.Train, definition.Preprocessing);
        return FeatureMatrix.TooLarge(table.RowCount, plan) is { } tooLarge ? tooLarge : (plan, FeatureMatrix.Compute(plan, table));
    }

    private static Error NothingToDraw(TaskDrawing drawing) => Error.Invalid(
        $"training.drawing is '{drawing.ToString().ToLowerInvariant()}', but the tasks do not each have rows of their own by one column: every batch row is every task's.",
        "Leave it at 'proportional', or give all tasks the same column in 'by'.",
        "training.drawing");

    private static TaskPool[] PoolsOf(ExperimentDefinition definition, int[] origins) =>
    [
        .. definition.Tasks.Index()
            .Where(task => task.Item is { By.Length: > 0, Value.Length: 0 })
            .Select(task => new TaskPool(task.Item.Name, task.Item.Kind, [.. Enumerable.Range(0, origins.Length).Where(written => origins[written] == task.Index)])),
    ];

    private IEnumerable<int> TasksOf(int slot) => Groups is null ? [slot] : Groups.Members.Where(members => members.Length > slot).Select(members => members[slot]);

    private int[] Labelled(int[] rows) => Groups is { } groups
        ? Array.FindAll(rows, row => groups.OfRow(row) is var group and >= 0 && groups.Members[group].Any(task => Data.Labelled[task][row] != 0))
        : Array.FindAll(rows, row => Data.Labelled.Any(labelled => labelled[row] != 0));

    /// <summary>The parts that the definition's choices make.</summary>
    private sealed record Methods(IArchitecture Architecture, IEncoder Encoder, MakeOptimizer MakeOptimizer, MakeWeighting MakeWeighting, MakeSchedule MakeSchedule, IReadOnlyList<Regularizer> Regularizers)
    {
        public static Result<Methods> Of(ExperimentDefinition definition) =>
            ArchitectureTable.Methods.Create(definition.Architecture).Then(architecture =>
            EncoderTable.Methods.Create(definition.Encoder).Then(encoder =>
            OptimizerTable.Methods.Create(definition.Optimizer).Then(optimizer =>
            WeightingTable.Methods.Create(definition.Weighting).Then(weighting =>
            ScheduleTable.Methods.Create(definition.Training.Schedule).Then(schedule =>
            RegularizerTable.Create(definition.Regularizers, [.. definition.Tasks.Select(task => task.Name)]).Then(regularizers =>
            weighting(new WeightingContext([.. definition.Tasks.Select(task => task.Name)], definition.Training.Seed)).Map(_ =>
            new Methods(architecture, encoder, optimizer, weighting, schedule, regularizers))))))));
    }
}
