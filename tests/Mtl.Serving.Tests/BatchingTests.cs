using Mtl.Core;
using static Mtl.Serving.Tests.Models;

namespace Mtl.Serving.Tests;

public class BatchingTests
{
    [Fact]
    public async Task A_lone_request_is_answered_with_the_outputs_it_asked_for()
    {
        await using var model = Serve();

        var answer = (await model.InferAsync(People((20, "Kiel"), (30, "")), ["both", "home"])).Value;

        answer.Keys.ShouldBe(["both", "home"]);
        answer["both"].Values<float>().ShouldBe([20, -20, 30, -30]);
        answer["both"].Shape.ShouldBe([2, 2]);
        answer["home"].Values<string>().ShouldBe(["Kiel", ""]);
        answer["home"].Shape.ShouldBe([2, 1]);
        (model.Statistics.Requests, model.Statistics.Rows, model.Statistics.Runs).ShouldBe((1, 2, 1));
    }

    [Fact]
    public async Task Requests_that_wait_share_one_run_and_each_gets_its_own_rows()
    {
        using var clock = new HeldClock();
        await using var model = Serve(new ServingOptions { Time = clock });
        var first = model.InferAsync(People((1, "a")), ["doubled"]);
        clock.AwaitReader();
        var second = model.InferAsync(People((2, "b"), (3, "c")), ["both"]);
        var third = model.InferAsync(People((4, "d")), ["home", "doubled"]);
        clock.Release();

        (await first).Value["doubled"].Values<float>().ShouldBe([2]);
        (await second).Value["both"].Values<float>().ShouldBe([2, -2, 3, -3]);
        var last = (await third).Value;
        last["doubled"].Values<float>().ShouldBe([8]);
        last["home"].Values<string>().ShouldBe(["d"]);
        last.Keys.ShouldBe(["home", "doubled"]);
        (model.Statistics.Requests, model.Statistics.Rows, model.Statistics.Runs).ShouldBe((3, 4, 2));
    }

    [Fact]
    public async Task A_request_is_turned_away_while_too_many_rows_wait()
    {
        using var clock = new HeldClock();
        await using var model = Serve(new ServingOptions { Time = clock, MaximumWaitingRows = 2 });
        var held = model.InferAsync(People((0, "held")), ["doubled"]);
        clock.AwaitReader();
        var waiting = model.InferAsync(People((1, "a"), (2, "b"), (3, "c")), ["doubled"]);

        var refused = await model.InferAsync(People((4, "d")), ["doubled"]);
        clock.Release();

        refused.Error!.Kind.ShouldBe(ErrorKind.Unavailable);
        refused.Error.ToString().ShouldContain("is busy: 3 rows are waiting for it. Try again in a moment.");
        (await held).IsSuccess.ShouldBeTrue();
        (await waiting).Value["doubled"].Values<float>().ShouldBe([2, 4, 6]);
        (await model.InferAsync(People((4, "d")), ["doubled"])).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Runs_are_bounded_and_a_larger_request_runs_by_itself()
    {
        using var clock = new HeldClock();
        await using var model = Serve(new ServingOptions { Time = clock, MaximumBatchRows = 3 });
        var large = People([.. Enumerable.Range(0, 10).Select(row => ((float)row, "x"))]);
        var held = model.InferAsync(People((0, "held")), ["doubled"]);
        clock.AwaitReader();
        var waiting = new[] { People((1, "a"), (2, "b")), People((3, "c")), large, People((4, "d")) }.Select(rows => model.InferAsync(rows, ["doubled"])).ToArray();
        clock.Release();

        (await held).Value["doubled"].Values<float>().ShouldBe([0]);
        var answers = await Task.WhenAll(waiting);
        answers.Select(answer => answer.Value["doubled"].Values<float>()).ShouldBe([[2, 4], [6], [.. Enumerable.Range(0, 10).Select(row => 2f * row)], [8]]);
        model.Statistics.Runs.ShouldBe(4);
    }

    [Fact]
    public async Task A_request_cancelled_while_it_waits_is_not_run()
    {
        using var clock = new HeldClock();
        using var cancel = new CancellationTokenSource();
        var model = Serve(new ServingOptions { Time = clock });
        var first = model.InferAsync(People((1, "a")), ["doubled"]);
        clock.AwaitReader();
        var cancelled = model.InferAsync(People((2, "b")), ["doubled"], cancel.Token);
        var third = model.InferAsync(People((3, "c")), ["doubled"]);
        await cancel.CancelAsync();
        clock.Release();

        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        (await first).Value["doubled"].Values<float>().ShouldBe([2]);
        (await third).Value["doubled"].Values<float>().ShouldBe([6]);
        await model.DisposeAsync();
        (model.Statistics.Requests, model.Statistics.Rows).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Disposal_answers_what_waits_and_refuses_what_comes_later()
    {
        using var clock = new HeldClock();
        var model = Serve(new ServingOptions { Time = clock });
        var running = model.InferAsync(People((1, "a")), ["doubled"]);
        clock.AwaitReader();
        var waiting = model.InferAsync(People((2, "b")), ["doubled"]);
        var disposal = model.DisposeAsync();
        var late = await model.InferAsync(People((3, "c")), ["doubled"]);
        clock.Release();
        await disposal;

        (await running).Value["doubled"].Values<float>().ShouldBe([2]);
        (await waiting).Value["doubled"].Values<float>().ShouldBe([4]);
        late.Error.ShouldBe(Error.Unavailable("Model 'echo/1' is being unloaded.", "Try again in a moment."));
    }

    [Fact]
    public async Task Many_callers_at_once_each_get_their_own_answer()
    {
        await using var model = Serve(new ServingOptions { MaximumBatchRows = 64 });

        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            for (var call = 0; call < 100; call++)
            {
                var rows = Enumerable.Range(0, 1 + ((caller * 7) + call) % 9).Select(row => ((float)((caller * 10_000) + (call * 10) + row), $"{caller}/{call}/{row}")).ToArray();
                var answer = (await model.InferAsync(People(rows), ["home", "both"])).Value;
                answer["home"].Values<string>().ShouldBe([.. rows.Select(row => row.Item2)]);
                answer["both"].Values<float>().ShouldBe([.. rows.SelectMany(row => new[] { row.Item1, -row.Item1 })]);
            }
        })));

        model.Statistics.Requests.ShouldBe(1600);
        model.Statistics.Runs.ShouldBeLessThanOrEqualTo(1600);
        model.Statistics.Failed.ShouldBe(0);
    }
}
