using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Optimizers;

namespace Mtl.Learning.Tests.Catalogue;

public class MethodCatalogueTests
{
    private static readonly MethodCatalogue Catalogue = MethodCatalogue.Standard;

    [Fact]
    public void A_choice_is_completed_with_the_defaults_of_all_options()
    {
        var completed = Catalogue.Complete(MethodKind.Optimizer, With("adam", "learningRate", 0.5)).Value;

        completed.Options.Select(option => $"{option.Key}={option.Value!.ToJsonString()}").ShouldBe(
            ["learningRate=0.5", "beta1=0.9", "beta2=0.999", "epsilon=1E-08", "weightDecay=0"]);
        Catalogue.Complete(MethodKind.Optimizer, completed).Value.Options.Keys.ShouldBe(completed.Options.Keys);
    }

    [Fact]
    public void A_choice_binds_to_the_options_record() =>
        Catalogue.Bind<SgdOptions>(MethodKind.Optimizer, With("sgd", "nesterov", true)).Value.ShouldBe(new SgdOptions { Nesterov = true });

    [Fact]
    public void A_null_option_has_its_default() =>
        Catalogue.Bind<SgdOptions>(MethodKind.Optimizer, With("sgd", "momentum", null)).Value.ShouldBe(new SgdOptions());

    [Fact]
    public void An_unknown_key_is_refused_with_the_known_ones()
    {
        var error = Catalogue.Complete(MethodKind.Optimizer, new Choice("addam")).Error!;

        error.ShouldBe(new Error(ErrorKind.Invalid, "There is no optimizer 'addam'; the optimizers are gd, sgd, adam, adamw, rmsprop, adagrad, lbfgs.", "Did you mean 'adam'?", "key"));
        Catalogue.Find(MethodKind.Optimizer, "addam").Error!.ShouldBe(error with { Kind = ErrorKind.NotFound });
        OptimizerTable.Methods.Create(new Choice("addam")).Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("lr", "")]
    [InlineData("learningrate", "Did you mean 'learningRate'?")]
    [InlineData("beta", "Did you mean 'beta1'?")]
    public void An_unknown_option_is_refused_with_the_known_ones(string name, string advice) =>
        Catalogue.Complete(MethodKind.Optimizer, With("adam", name, 1)).Error.ShouldBe(Error.Invalid(
            $"Unknown option '{name}' of optimizer 'adam'; its options are learningRate, beta1, beta2, epsilon, weightDecay.", advice, name));

    [Fact]
    public void A_method_without_options_refuses_every_option() =>
        Catalogue.Complete(MethodKind.Weighting, With("ew", "rate", 1)).Error!.Message.ShouldBe("Unknown option 'rate' of weighting 'ew'; it has no options.");

    [Theory]
    [InlineData("learningRate", "\"fast\"", "Option 'learningRate' of optimizer 'sgd' is \"fast\"; a number from 0 to 100 is expected.", "The default is 0.01.")]
    [InlineData("learningRate", "100.5", "Option 'learningRate' of optimizer 'sgd' is 100.5; a number from 0 to 100 is expected.", "The default is 0.01.")]
    [InlineData("learningRate", "-1", "Option 'learningRate' of optimizer 'sgd' is -1; a number from 0 to 100 is expected.", "The default is 0.01.")]
    [InlineData("learningRate", "1e999", "Option 'learningRate' of optimizer 'sgd' is Infinity; a number from 0 to 100 is expected.", "The default is 0.01.")]
    [InlineData("learningRate", "[1]", "Option 'learningRate' of optimizer 'sgd' is [1]; a number from 0 to 100 is expected.", "The default is 0.01.")]
    [InlineData("nesterov", "1", "Option 'nesterov' of optimizer 'sgd' is 1; true or false is expected.", "The default is false.")]
    public void A_value_of_the_wrong_type_or_out_of_bounds_is_refused(string name, string json, string message, string advice) =>
        Catalogue.Complete(MethodKind.Optimizer, With("sgd", name, JsonNode.Parse(json))).Error.ShouldBe(Error.Invalid(message, advice, name));

    [Fact]
    public void A_number_that_is_not_finite_is_refused() =>
        Catalogue.Complete(MethodKind.Optimizer, With("sgd", "learningRate", double.NaN)).Error!.Message.ShouldBe(
            "Option 'learningRate' of optimizer 'sgd' is NaN; a number from 0 to 100 is expected.");

    [Fact]
    public void Every_method_is_described()
    {
        Catalogue.Methods.ShouldNotBeEmpty();
        Catalogue.Methods.Select(method => (method.Kind, method.Key)).ShouldBeUnique();
        foreach (var method in Catalogue.Methods)
        {
            foreach (var text in new[] { method.Key, method.Title, method.Description, method.Formula, method.Source })
                text.ShouldNotBeNullOrWhiteSpace($"{method.Kind} {method.Key}");
            foreach (var option in method.Options)
                option.Description.ShouldNotBeNullOrWhiteSpace($"{method.Key}.{option.Name}");
        }
    }

    [Fact]
    public void Every_method_accepts_its_defaults()
    {
        foreach (var method in Catalogue.Methods)
            Catalogue.Complete(method.Kind, Catalogue.Complete(method.Kind, new Choice(method.Key)).Value).IsSuccess.ShouldBeTrue(method.Key);
    }

    private static Choice With(string key, string option, JsonNode? value) => new(key, new Dictionary<string, JsonNode?> { [option] = value });
}
