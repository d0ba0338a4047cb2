using Mtl.Tracking.Runs;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>ILogStore</c> must hold.</summary>
public abstract class LogStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task Lines_are_numbered_from_1_within_each_run()
    {
        await AddRunsAsync("r", "s");
        await Stores.Logs.AppendAsync("r", [Line("one", 1), Line("two", 2, LogSeverity.Warning)]);
        await Stores.Logs.AppendAsync("s", [Line("other", 9, LogSeverity.Error)]);
        await Stores.Logs.AppendAsync("r", [Line("three\nlines\tÄ", 3)]);

        (await Stores.Logs.ReadAsync("r")).ShouldBe(
            [Line("one", 1) with { Sequence = 1 }, Line("two", 2, LogSeverity.Warning) with { Sequence = 2 }, Line("three\nlines\tÄ", 3) with { Sequence = 3 }]);
        (await Stores.Logs.ReadAsync("s")).ShouldBe([Line("other", 9, LogSeverity.Error) with { Sequence = 1 }]);
    }

    [Fact]
    public async Task Reading_goes_on_after_a_sequence_up_to_a_limit()
    {
        await AddRunsAsync("r");
        await Stores.Logs.AppendAsync("r", [.. Enumerable.Range(1, 10).Select(i => Line($"{i}", i))]);

        (await Stores.Logs.ReadAsync("r", afterSequence: 3, limit: 4)).Select(line => line.Message).ShouldBe(["4", "5", "6", "7"]);
        (await Stores.Logs.ReadAsync("r", afterSequence: 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_rewind_new_lines_come_after_every_line_ever_read()
    {
        await AddRunsAsync("r");
        await Stores.Logs.AppendAsync("r", [Line("one", 1), Line("two", 2), Line("three", 3)]);
        await Stores.Metrics.RewindAsync("r", 1);

        await Stores.Logs.AppendAsync("r", [Line("again", 2)]);

        (await Stores.Logs.ReadAsync("r")).Select(line => (line.Sequence, line.Message)).ShouldBe([(1, "one"), (4, "again")]);
    }

    [Fact]
    public async Task An_unknown_run_has_no_lines() => (await Stores.Logs.ReadAsync("nope")).ShouldBeEmpty();

    [Fact]
    public async Task Appending_nothing_is_allowed()
    {
        await AddRunsAsync("r");
        await Stores.Logs.AppendAsync("r", []);

        (await Stores.Logs.ReadAsync("r")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Writers_at_once_lose_no_line_and_share_no_number()
    {
        await AddRunsAsync("r");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
                await Stores.Logs.AppendAsync("r", [Line($"{writer}/{i}", i), Line($"{writer}/{i}'", i)]);
        })));

        (await Stores.Logs.ReadAsync("r")).Select(line => line.Sequence).ShouldBe(Enumerable.Range(1, 160).Select(i => (long)i));
    }

    private static LogLine Line(string message, long step, LogSeverity severity = LogSeverity.Information) => new(0, step, Noon.AddSeconds(step), severity, message);
}
