using Microsoft.Playwright;
using Mtl.Core.Definitions;
using Mtl.Data.Generators;
using Mtl.Data.Writing;
using Mtl.EndToEnd.Tests.Browser;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.Tracking.Runs;
using static Microsoft.Playwright.Assertions;

namespace Mtl.EndToEnd.Tests;

/// <summary>Three tasks on a text (classes, tags, sentiment), options chosen by cross-validation and a second run that starts from the first, all by the wizard's forms; forms and YAML hold the same.</summary>
public sealed class TextWizardTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int Rows = 240;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 400_000)]
    public async Task A_text_is_learnt_from_without_a_line_of_yaml()
    {
        var csv = folder["reviews.csv"];
        await using (var file = File.Create(csv))
            CsvWriter.Write(file, Reviews.Generate(Rows));
        await using var server = await Server.StartAsync(folder["data"]);
        await using var visitor = await Visitor.ArriveAsync(chromium.Browser, server.Address);
        await visitor.OpenAsync("");
        var wizard = new WizardPages(visitor);
        await wizard.UploadAsync(csv, Rows, columns: 4);
        await wizard.ChooseTasksAsync(("topic", "Multiclass"), ("entities", "Tagging"), ("sentiment", "Binary"));
        await ReadAsTextAsync(visitor, wizard);
        await wizard.AcceptSplitAsync();
        await ChooseByCrossValidationAsync(visitor, wizard);
        await ShouldBeInStepWithYamlAsync(visitor, wizard);

        var first = await wizard.StartAsync("Reviews", "text (text-cnn)");
        var details = await server.Api.UntilAsync(first, RunStatus.Completed);
        details.Result!.Tasks.Select(task => task.Task).ShouldBe(["topic", "entities", "sentiment"]);
        details.Result.CrossValidation!.Points.Count.ShouldBe(2);
        await ShouldPredictAsync(visitor);
        await visitor.OpenAsync($"runs/{first}");
        var second = await StartFromAsync(visitor, first);
        var transferred = await server.Api.UntilAsync(second, RunStatus.Completed);
        transferred.Definition!.Transfer.ShouldBe(new TransferDefinition { Run = first, Freeze = true });
        visitor.Errors.ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();
    }

    private static async Task ReadAsTextAsync(Visitor visitor, WizardPages wizard)
    {
        await Expect(visitor.Page.Locator(".wizard-hint")).ToHaveTextAsync("Choose at least one input.");
        await visitor.ClickAsync(AriaRole.Button, "Read as a text");
        await Expect(visitor.Page.Locator("#modality-0-columns")).ToHaveValueAsync("text");
        await Expect(visitor.Page.Locator("#inputs-modalities-0-encoder-key")).ToHaveValueAsync("text-cnn");
        await visitor.Page.GetByText("Options of words").ClickAsync();
        await FillAsync(visitor, "#inputs-modalities-0-tokenizer-maximumTokens", $"{Reviews.MaximumTokens}");
        await FillAsync(visitor, "#modality-0-name", "no name");
        await visitor.ShouldSeeAsync("The modality name 'no name' is not allowed; a name has 1 to 64 letters, digits, '-' and '_'.");
        await Expect(visitor.Page.Locator(".wizard-hint")).ToHaveTextAsync("The modality name 'no name' is not allowed; a name has 1 to 64 letters, digits, '-' and '_'.");
        await visitor.ClickAsync(AriaRole.Button, "Add an image");
        await visitor.ShouldSeeAsync("Choose its columns.");
        await visitor.ClickAsync(AriaRole.Button, "Remove image");
        await FillAsync(visitor, "#modality-0-name", "text");
        await Expect(visitor.Page.Locator(".wizard-hint")).ToHaveTextAsync("");
        await visitor.InspectAsync("wizard, a text");
        await wizard.ContinueAsync("split");
    }

    private static async Task ChooseByCrossValidationAsync(Visitor visitor, WizardPages wizard)
    {
        await FillAsync(visitor, "#training-epochs", "2");
        await FillAsync(visitor, "#training-batchSize", "32");
        await visitor.Page.GetByLabel("Train single-task baselines").UncheckAsync();
        await visitor.Page.GetByText("Options chosen by cross-validation").ClickAsync();
        await visitor.Page.GetByLabel("Try several values of options").CheckAsync();
        await Expect(visitor.Page.Locator("#grid-0-place")).ToHaveValueAsync("optimizer.learningRate");
        await FillAsync(visitor, "#grid-0-values", "0.001, 0.01");
        await FillAsync(visitor, "#crossValidation-folds", "2");
        await visitor.ShouldSeeAsync("2 combinations × 2 folds are 4 short trainings before the run's own.");
        await visitor.InspectAsync("wizard, cross-validation");
        await wizard.ContinueAsync("review");
    }

    /// <summary>What the forms made stands in the text; what is changed in the text stands in the forms.</summary>
    private static async Task ShouldBeInStepWithYamlAsync(Visitor visitor, WizardPages wizard)
    {
        var definition = await wizard.OpenDefinitionAsync();
        var yaml = await definition.InputValueAsync();
        yaml.ShouldContain($"maximumTokens: {Reviews.MaximumTokens}");
        await definition.FillAsync(yaml.Replace("- 0.01", "- 0.02", StringComparison.Ordinal));
        await Expect(visitor.Page.Locator(".notice.danger")).ToHaveCountAsync(0);
        await visitor.Page.Locator("ol.steps a[href*='step=model']").ClickAsync();
        await Expect(visitor.Page.Locator("#grid-0-values")).ToHaveValueAsync("0.001, 0.02");
        await wizard.ContinueAsync("review");
    }

    /// <summary>Nothing is predicted before there is a text; each of its words gets a tag.</summary>
    private static async Task ShouldPredictAsync(Visitor visitor)
    {
        await visitor.OpenAsync("predict/reviews");
        await visitor.ShouldSeeAsync("Fill in the row and predict.");
        await visitor.Page.Locator("#input-text").FillAsync("the hotel was good");
        await visitor.ClickAsync(AriaRole.Button, "Predict all tasks");
        foreach (var task in new[] { "topic", "entities", "sentiment" })
            await Expect(visitor.Page.GetByRole(AriaRole.Article, new PageGetByRoleOptions { Name = $"Prediction for {task}" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Article, new PageGetByRoleOptions { Name = "Prediction for entities" })).ToContainTextAsync("hotel");
        await visitor.InspectAsync("predict, a text");
    }

    /// <summary>A variant whose shared parameters are those of a run, and stay so.</summary>
    private static async Task<string> StartFromAsync(Visitor visitor, string run)
    {
        await visitor.Page.Locator("nav.crumbs a[href^='experiments/']").ClickAsync();
        await new RunPages(visitor).OpenTabAsync("New variant");
        await visitor.Page.GetByLabel("Try several values of options").UncheckAsync();
        await visitor.Page.GetByText("Where the shared parameters start").ClickAsync();
        await visitor.Page.GetByLabel("From those of a completed run").CheckAsync();
        await visitor.ShouldSeeAsync("Choose the run whose shared parameters are taken.");
        await visitor.Page.Locator("#transfer-experiment").SelectOptionAsync(new SelectOptionValue { Label = "Reviews" });
        await visitor.Page.Locator("#transfer-run").SelectOptionAsync(run);
        await visitor.ClickAsync(AriaRole.Button, "Use its inputs and model");
        await visitor.ShouldSeeAsync("Taken over.");
        await visitor.Page.GetByLabel("Keep them as they come (frozen)").CheckAsync();
        await visitor.InspectAsync("variant, a start from another run");
        await visitor.ClickAsync(AriaRole.Button, "Start this run");
        await visitor.Page.WaitForURLAsync("**/runs/*");
        return new Uri(visitor.Page.Url).Segments[^1];
    }

    private static async Task FillAsync(Visitor visitor, string field, string value)
    {
        await visitor.Page.Locator(field).FillAsync(value);
        await visitor.Page.Locator(field).BlurAsync();
    }
}
