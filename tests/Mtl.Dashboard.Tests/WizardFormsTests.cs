using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Components.Controls;
using Mtl.Dashboard.Components.Wizard;
using Mtl.Dashboard.Models;
using Mtl.Data.Generators;
using Mtl.Data.Profiling;
using Mtl.Data.Tables;
using Mtl.Learning.Catalogue;
using Mtl.Tracking.Datasets;

namespace Mtl.Dashboard.Tests;

/// <summary>What the wizard's forms show of what is entered.</summary>
public sealed class WizardFormsTests : IAsyncDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddSingleton<ICatalogue>(MethodCatalogue.Standard).BuildServiceProvider();
    private readonly WizardState state = new(MethodCatalogue.Standard);

    public WizardFormsTests()
    {
        var profile = TableProfile.Of(Reviews.Generate(100));
        state.Use(new Dataset("reviews", "reviews.csv", "/reviews.csv", true, 1, "", 100, 4, DateTimeOffset.UnixEpoch), profile);
        state.Draft.Toggle("topic", TaskKind.Multiclass);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    [Fact]
    public async Task A_column_of_texts_is_offered_as_a_text_until_it_is_one()
    {
        var before = await RenderAsync<InputsStep>(new() { [nameof(InputsStep.State)] = state });
        before.ShouldContain("Read as a text");
        before.ShouldNotContain("<details open");

        state.Draft.AddModality(ModalityKind.Text, "text");

        var after = await RenderAsync<InputsStep>(new() { [nameof(InputsStep.State)] = state });
        after.ShouldNotContain("Read as a text");
        after.ShouldContain("part of text");
        after.ShouldContain("<details open");
        after.ShouldContain("Text CNN (text-cnn)");
        after.ShouldNotContain("Image CNN");
        after.ShouldContain("Options of words");
    }

    [Fact]
    public async Task Fusion_is_asked_for_where_there_are_several_parts()
    {
        var text = state.Draft.AddModality(ModalityKind.Text, "text");
        (await RenderAsync<ModalitiesCard>(new() { [nameof(ModalitiesCard.State)] = state })).ShouldContain("Attention fusion");

        state.Choose("sentiment", false);
        state.Choose("entities", false);
        (await RenderAsync<ModalitiesCard>(new() { [nameof(ModalitiesCard.State)] = state })).ShouldNotContain("Attention fusion");
        text.Columns = [];
        (await RenderAsync<ModalitiesCard>(new() { [nameof(ModalitiesCard.State)] = state })).ShouldContain("Choose its columns.");
    }

    [Fact]
    public async Task A_refusal_stands_beside_the_field_of_the_part_at_fault()
    {
        state.Draft.AddModality(ModalityKind.Text, "text").Name = "no name";
        state.Check();
        var form = await RenderAsync<ModalityEditor>(new() { [nameof(ModalityEditor.State)] = state, [nameof(ModalityEditor.Modality)] = state.Draft.Modalities[0], [nameof(ModalityEditor.Index)] = 0 });
        form.ShouldContain("The modality name 'no name' is not allowed");
    }

    [Fact]
    public async Task Cross_validation_shows_its_options_their_values_and_what_it_costs()
    {
        (await RenderAsync<CrossValidationForm>(new() { [nameof(CrossValidationForm.Draft)] = state.Draft })).ShouldNotContain("Folds");

        state.Draft.CrossValidation.IsOn = true;
        state.Draft.CrossValidation.Rows.Add(new GridRow("optimizer.learningRate", "0.001, 0.01, 0.1"));
        state.Draft.CrossValidation.Rows.Add(new GridRow("tasks[0].loss.delta", "1, 2"));
        var form = await RenderAsync<CrossValidationForm>(new() { [nameof(CrossValidationForm.Draft)] = state.Draft });
        form.ShouldContain("6 combinations × 5 folds are 30 short trainings");
        form.ShouldContain("value=\"optimizer.learningRate\" selected");
        form.ShouldContain("value=\"tasks[0].loss.delta\" selected");
        form.ShouldContain("value=\"topic/accuracy\"");
    }

    [Fact]
    public async Task Of_very_many_columns_the_first_and_last_are_shown_and_those_that_are_tasks()
    {
        var table = new Table([.. Enumerable.Range(0, 300).Select(i => new NumericColumn($"p{i}", [1, 2, 3.5f]))]);
        state.Use(new Dataset("wide", "wide.csv", "/wide.csv", true, 1, "", 3, 300, DateTimeOffset.UnixEpoch), TableProfile.Of(table));
        state.Draft.Toggle("p250", TaskKind.Regression);

        var tasks = Regex.Replace(await RenderAsync<TasksStep>(new() { [nameof(TasksStep.State)] = state }), " b-[a-z0-9]+", "");
        tasks.ShouldContain("<b>p79</b>");
        tasks.ShouldNotContain("<b>p80</b>");
        tasks.ShouldContain("<b>p250</b>");
        tasks.ShouldNotContain("<b>p279</b>");
        tasks.ShouldContain("<b>p280</b>");
        tasks.ShouldContain("199 more columns are not shown; find them by name above.");

        (await RenderAsync<InputsStep>(new() { [nameof(InputsStep.State)] = state })).ShouldContain("199 more columns are not shown; find them by name above.");
        state.Draft.AddModality(ModalityKind.Series, "p*");
        var inputs = await RenderAsync<InputsStep>(new() { [nameof(InputsStep.State)] = state });
        inputs.ShouldNotContain("more columns are not shown");
        inputs.ShouldContain("is made of 299 columns, p0 to p299.");
    }

    [Fact]
    public async Task Tasks_of_no_single_column_stand_by_themselves()
    {
        (await RenderAsync<TasksStep>(new() { [nameof(TasksStep.State)] = state })).ShouldNotContain("<details open");

        state.Draft.AddTask(TaskKind.Multilabel);
        state.Draft.AddTask(TaskKind.Reconstruction);
        var steps = await RenderAsync<TasksStep>(new() { [nameof(TasksStep.State)] = state });
        steps.ShouldContain("Columns, one for each label");
        steps.ShouldContain("Remove reconstruction");
        steps.ShouldNotContain("id=\"tasks-2-kind\"");
        steps.ShouldNotContain("id=\"tasks-2-by\"");
    }

    [Fact]
    public async Task Regularizers_are_listed_with_their_options_and_problems()
    {
        state.Draft.AddRegularizer();
        var error = Error.Invalid("Too heavy.", "Lower it.", "regularizers[0].weight");
        var form = await RenderAsync<RegularizersForm>(new() { [nameof(RegularizersForm.Draft)] = state.Draft, [nameof(RegularizersForm.Error)] = error });
        form.ShouldContain("Regularizer 1");
        form.ShouldContain("Too heavy. Lower it.");
    }

    private async Task<string> RenderAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => WebUtility.HtmlDecode((await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString()));
    }
}
