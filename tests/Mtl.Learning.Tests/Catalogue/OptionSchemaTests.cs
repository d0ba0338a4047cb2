using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Tests.Catalogue;

public class OptionSchemaTests
{
    private static readonly OptionSchema Schema = OptionSchema.Of<Everything>();

    private enum Norm
    {
        None,
        LayerNorm,
    }

    [Fact]
    public void Options_are_read_from_the_record()
    {
        Schema.Options.Select(option => option.Type).ShouldBe(
            [OptionType.Integer, OptionType.Number, OptionType.Boolean, OptionType.Text, OptionType.Choice, OptionType.Choice, OptionType.IntegerList, OptionType.NumberList]);
        Schema.Options[0].ShouldBe(new OptionInfo("width", OptionType.Integer, 64L, "Width.", 1, null));
        Schema.Options[4].Choices.ShouldBe(["relu", "gelu"]);
        Schema.Options[5].Choices.ShouldBe(["none", "layer-norm"]);
        Schema.Options[5].Default.ShouldBe("layer-norm");
        Schema.Options[6].Default.ShouldBeOfType<long[]>().ShouldBe([64, 32]);
    }

    [Fact]
    public void Every_type_goes_to_json_and_back()
    {
        var given = Parse("""{"width":8,"rate":0.25,"bias":false,"label":"x","activation":"gelu","norm":"none","layers":[3,2],"shares":[0.5,1]}""");

        var options = (Everything)Schema.Bind("encoder 'test'", given).Value;

        (options.Width, options.Rate, options.Bias, options.Label, options.Activation, options.Norm).ShouldBe((8, 0.25, false, "x", "gelu", Norm.None));
        options.Layers.ShouldBe([3, 2]);
        options.Shares.ShouldBe([0.5, 1.0]);
        new JsonObject(Schema.Complete("encoder 'test'", given).Value).ToJsonString().ShouldBe(new JsonObject(given).ToJsonString());
    }

    [Theory]
    [InlineData("""{"width":8.0}""", null)]
    [InlineData("""{"width":8.5}""", "Option 'width' of encoder 'test' is 8.5; a whole number of at least 1 is expected. The default is 64.")]
    [InlineData("""{"width":3000000000}""", "Option 'width' of encoder 'test' is 3000000000; a whole number of at least 1 is expected. The default is 64.")]
    [InlineData("""{"width":0}""", "Option 'width' of encoder 'test' is 0; a whole number of at least 1 is expected. The default is 64.")]
    [InlineData("""{"rate":2}""", "Option 'rate' of encoder 'test' is 2; a number of at most 1 is expected. The default is 0.5.")]
    [InlineData("""{"label":4}""", "Option 'label' of encoder 'test' is 4; a text is expected. The default is \"\".")]
    [InlineData("""{"activation":"swish"}""", "Option 'activation' of encoder 'test' is \"swish\"; one of relu, gelu is expected. The default is \"relu\".")]
    [InlineData("""{"layers":[4,0]}""", "Option 'layers' of encoder 'test' is [4,0]; a list of whole numbers, each from 1 to 512 is expected. The default is [64,32].")]
    [InlineData("""{"layers":4}""", "Option 'layers' of encoder 'test' is 4; a list of whole numbers, each from 1 to 512 is expected. The default is [64,32].")]
    [InlineData("""{"shares":[null]}""", "Option 'shares' of encoder 'test' is [null]; a list of numbers is expected. The default is [].")]
    public void Values_are_checked(string json, string? error) => Schema.Bind("encoder 'test'", Parse(json)).Error?.ToString().ShouldBe(error);

    [Fact]
    public void Whole_numbers_are_read_from_every_json_number()
    {
        foreach (var node in new[] { JsonValue.Create(8), JsonValue.Create(8L), JsonValue.Create(8.0), JsonValue.Create(8f), JsonValue.Create(8m), JsonNode.Parse("8")! })
            ((Everything)Schema.Bind("encoder 'test'", new Dictionary<string, JsonNode?> { ["width"] = node }).Value).Width.ShouldBe(8);
    }

    private static Dictionary<string, JsonNode?> Parse(string json) =>
        JsonNode.Parse(json)!.AsObject().ToDictionary(member => member.Key, member => member.Value?.DeepClone());

    private sealed record Everything
    {
        [Description("Width.")]
        [Range(1, double.PositiveInfinity)]
        public int Width { get; init; } = 64;

        [Description("Rate.")]
        [Range(double.NegativeInfinity, 1.0)]
        public double Rate { get; init; } = 0.5;

        [Description("Bias.")]
        public bool Bias { get; init; } = true;

        [Description("Label.")]
        public string Label { get; init; } = "";

        [Description("Activation.")]
        [AllowedValues("relu", "gelu")]
        public string Activation { get; init; } = "relu";

        [Description("Norm.")]
        public Norm Norm { get; init; } = Norm.LayerNorm;

        [Description("Layers.")]
        [Range(1, 512)]
        public IReadOnlyList<int> Layers { get; init; } = [64, 32];

        [Description("Shares.")]
        public IReadOnlyList<double> Shares { get; init; } = [];

        public int Derived => Width * 2;
    }
}
