using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Tests.Training;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Catalogue;

/// <summary>Methods that do not go together are refused before any training, with the reason and what would work.</summary>
public class CombinationTests
{
    private static readonly ExperimentDefinition Good = Sample.Definition;

    private static readonly ExperimentDefinition Smooth = Good with { Encoder = Sample.Choice("mlp", ("dropout", 0)), Optimizer = new Choice("lbfgs") };

    public static TheoryData<string, ExperimentDefinition, string, string> ByDefinition => new()
    {
        {
            "gradient balancer on all rows", Good with { Optimizer = new Choice("gd"), Weighting = new Choice("pcgrad") },
            "Optimizer 'gd' descends one loss over all training rows, but weighting 'pcgrad' combines the tasks' gradients of a batch. "
            + "Take a weighting of losses, such as ew or static, or take an optimizer that steps batch by batch, such as adam.",
            "weighting"
        },
        {
            "weights of the rows at hand on all rows", Good with { Optimizer = new Choice("gd"), Weighting = new Choice("gls") },
            "Optimizer 'gd' descends one loss over all training rows, but weighting 'gls' makes its weights of a batch's losses. "
            + "Take another weighting of losses, such as ew or static, or take an optimizer that steps batch by batch, such as adam.",
            "weighting"
        },
        {
            "stochastic balancer with L-BFGS", Smooth with { Weighting = new Choice("pcgrad") },
            "Optimizer 'lbfgs' descends one loss over all training rows, but weighting 'pcgrad' combines the tasks' gradients of a batch. "
            + "Take a weighting of losses, such as ew or static, or take an optimizer that steps batch by batch, such as adam.",
            "weighting"
        },
        {
            "weights of a batch's losses on all rows", Good with { Optimizer = new Choice("gd"), Weighting = new Choice("famo") },
            "Optimizer 'gd' descends one loss over all training rows, but weighting 'famo' makes its weights of a batch's losses. "
            + "Take another weighting of losses, such as ew or static, or take an optimizer that steps batch by batch, such as adam.",
            "weighting"
        },
        {
            "moving weights with L-BFGS", Smooth with { Weighting = new Choice("uw") },
            "Optimizer 'lbfgs' compares one objective between steps, but weighting 'uw' changes it from step to step. "
            + "Take weighting ew or static, or take an optimizer that steps batch by batch, such as adam.",
            "weighting"
        },
        {
            "schedule with L-BFGS", Smooth.With(training => training with { Schedule = new Choice("cosine") }),
            "Optimizer 'lbfgs' finds the length of each step by a line search, so training.schedule can't be 'cosine'. "
            + "Leave training.schedule out, or take an optimizer that steps batch by batch, such as adam.",
            "training.schedule"
        },
        {
            "clipping with L-BFGS", Smooth.With(training => training with { ClipNorm = 1 }),
            "Optimizer 'lbfgs' finds the length of each step by a line search, so training.clipNorm can't be 1. "
            + "Leave training.clipNorm out, or take an optimizer that steps batch by batch, such as adam.",
            "training.clipNorm"
        },
        {
            "kinks with L-BFGS", Smooth with { Regularizers = [new Choice("l2"), new Choice("l1")] },
            "Optimizer 'lbfgs' needs a smooth objective, but regularizer 'l1' has kinks. "
            + "Take regularizer l2, mean or laplacian, optimizer gd (proximal gradient descent), or take an optimizer that steps batch by batch, such as adam.",
            "regularizers[1]"
        },
        {
            "weights of other tasks", Good with { Weighting = Sample.Choice("static", ("weights", new System.Text.Json.Nodes.JsonArray(1, 2))) },
            "Weighting 'static' has weights [1, 2] for 3 tasks. Give one weight each for price, sold, grade, in this order.",
            "weighting.weights"
        },
    };

    public static TheoryData<string, ExperimentDefinition, string> ByPlan => new()
    {
        {
            "dropout with L-BFGS", Smooth with { Encoder = new Choice("mlp") },
            "Optimizer 'lbfgs' compares one objective between steps, but the model has what changes at every step (shared/encoder/layer1/dropout). "
            + "Set dropout and noise to 0 in encoder and architecture, or take an optimizer that steps batch by batch, such as adam."
        },
        {
            "balancer where nothing is shared", Good with { Architecture = new Choice("stl"), Weighting = new Choice("pcgrad") },
            "With architecture 'stl' the tasks share no parameters, so weighting 'pcgrad' has nothing to weigh. Take weighting ew with it, or an architecture that shares parameters, such as hps."
        },
        {
            "loss weighting where nothing is shared", Good with { Architecture = new Choice("stl"), Weighting = new Choice("uw") },
            "With architecture 'stl' the tasks share no parameters, so weighting 'uw' has nothing to weigh. Take weighting ew with it, or an architecture that shares parameters, such as hps."
        },
        {
            "balancer where a penalty alone ties the tasks", Good with { Architecture = new Choice("soft"), Weighting = new Choice("pcgrad") },
            "With architecture 'soft' the tasks share no parameters, so weighting 'pcgrad' has nothing to weigh. Take weighting ew with it, or an architecture that shares parameters, such as hps."
        },
    };

    [Theory]
    [InlineData("gls")]
    [InlineData("famo")]
    [InlineData("stch")]
    [InlineData("uw")]
    [InlineData("imtl")]
    [InlineData("moco")]
    [InlineData("db-mtl")]
    [InlineData("dwa")]
    [InlineData("gradnorm")]
    public void Weightings_by_the_losses_size_refuse_a_loss_that_falls_below_zero(string key)
    {
        TaskDefinition[] tasks = [.. Good.Tasks.Select(task => task.Name == "price" ? task with { Loss = new Choice("gaussian-nll") } : task)];

        TrainingPlan.Create(Good with { Tasks = tasks, Weighting = new Choice(key) }, Sample.Table(), MethodCatalogue.Standard).Error!.ToString().ShouldBe(
            $"Weighting '{key}' takes logarithms, ratios or sizes of the losses, but that of task 'price' falls below 0. Take a weighting such as ew or upgrad, or another loss for the task.");
        TrainingPlan.Create(Good with { Tasks = tasks, Weighting = new Choice("upgrad") }, Sample.Table(), MethodCatalogue.Standard).IsSuccess.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(ByDefinition))]
    public void What_a_definition_tells_is_refused_with_it(string combination, ExperimentDefinition definition, string text, string field)
    {
        var error = DefinitionRules.Complete(definition, MethodCatalogue.Standard).Error.ShouldNotBeNull(combination);

        error.ToString().ShouldBe(text);
        (error.Kind, error.Field).ShouldBe((ErrorKind.Invalid, field));
    }

    [Theory]
    [MemberData(nameof(ByPlan))]
    public void What_only_the_model_tells_is_refused_with_the_plan(string combination, ExperimentDefinition definition, string text)
    {
        DefinitionRules.Complete(definition, MethodCatalogue.Standard).IsSuccess.ShouldBeTrue();

        TrainingPlan.Create(definition, Sample.Table(), MethodCatalogue.Standard).Error.ShouldNotBeNull(combination).ToString().ShouldBe(text);
    }

    [Fact]
    public void A_classical_learner_passes_over_what_a_network_is_trained_with() =>
        DefinitionRules.Complete(Good with { Learner = new Choice("ridge"), Optimizer = new Choice("lbfgs"), Weighting = new Choice("pcgrad") }, MethodCatalogue.Standard).IsSuccess.ShouldBeTrue();

    [Fact]
    public void Loss_weightings_go_with_penalties_that_tie_the_tasks() =>
        TrainingPlan.Create(Good with { Architecture = new Choice("soft"), Weighting = new Choice("uw") }, Sample.Table(), MethodCatalogue.Standard).IsSuccess.ShouldBeTrue();
}
