using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Tests;

public class FormatsTests
{
    [Theory]
    [InlineData("training.analysisEvery", "training.|analysisEvery")]
    [InlineData("a/b_c-d", "a/|b_|c-|d")]
    [InlineData("loss", "loss")]
    [InlineData("x..", "x.|.")]
    [InlineData("", "")]
    public void Keys_may_end_a_line_behind_their_separators(string key, string parts) => string.Join('|', Formats.Parts(key)).ShouldBe(parts);

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.915912, "0.9159")]
    [InlineData(12.3456, "12.35")]
    [InlineData(342817.31, "342,817.3")]
    [InlineData(1984.0, "1984")]
    [InlineData(42000.0, "42,000")]
    [InlineData(-1.5, "−1.5")]
    [InlineData(2.4e-7, "2.4e-7")]
    [InlineData(5e12, "5e12")]
    [InlineData(double.NaN, "NaN")]
    public void Numbers_have_four_significant_digits(double value, string text) => Formats.Number(value).ShouldBe(text);

    [Theory]
    [InlineData(1.214, "+1.21 %")]
    [InlineData(-0.8, "−0.8 %")]
    [InlineData(0.0, "0.0 %")]
    public void A_change_always_has_its_sign(double percent, string text) => Formats.SignedPercent(percent).ShouldBe(text);

    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(4.21, "4.2 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(7630, "2 h 7 min")]
    [InlineData(2400, "40 min")]
    [InlineData(7200, "2 h")]
    [InlineData(double.NaN, "–")]
    public void Durations_are_written_in_the_units_people_use(double seconds, string text) => Formats.Duration(seconds).ShouldBe(text);

    [Theory]
    [InlineData(10, "just now")]
    [InlineData(300, "5 min ago")]
    [InlineData(7200, "2 h ago")]
    [InlineData(86400, "yesterday")]
    [InlineData(260000, "3 days ago")]
    public void Times_are_told_by_their_distance(double secondsAgo, string text)
    {
        var now = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        Formats.Ago(now.AddSeconds(-secondsAgo), now).ShouldBe(text);
    }

    [Theory]
    [InlineData(1e-8, "1e-8")]
    [InlineData(1e-12, "1e-12")]
    [InlineData(0.001, "0.001")]
    [InlineData(1e20, "1e+20")]
    public void A_field_holds_the_shortest_text_of_a_number(double value, string text)
    {
        Formats.Field(value).ShouldBe(text);
        double.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(value);
    }

    [Fact]
    public void Option_names_become_words() => Formats.Words("learningRate").ShouldBe("Learning rate");

    [Fact]
    public void Sizes_use_powers_of_ten() => new[] { 12L, 1500, 2_340_000, 1_073_741_824 }.Select(Formats.Bytes).ShouldBe(["12 B", "1.5 kB", "2.3 MB", "1.07 GB"]);

    [Theory]
    [InlineData("r2", 0)]
    [InlineData("pinball", 1)]
    [InlineData("nll", 1)]
    [InlineData("coverage", null)]
    public void The_best_value_is_in_a_metric_s_own_direction(string metric, int? best) => MetricNames.Best(metric, [0.9, 0.4]).ShouldBe(best);
}
