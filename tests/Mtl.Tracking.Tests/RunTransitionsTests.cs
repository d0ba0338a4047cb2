using Mtl.Tracking.Runs;
using static Mtl.Tracking.Runs.RunCommand;
using static Mtl.Tracking.Runs.RunStatus;

namespace Mtl.Tracking.Tests;

public class RunTransitionsTests
{
    private static readonly Dictionary<(RunStatus, RunCommand), RunStatus> Allowed = new()
    {
        [(Queued, Start)] = Running,
        [(Queued, Pause)] = Paused,
        [(Queued, Cancel)] = Cancelled,
        [(Queued, Fail)] = Failed,
        [(Running, Pause)] = Paused,
        [(Running, Cancel)] = Cancelled,
        [(Running, Complete)] = Completed,
        [(Running, Fail)] = Failed,
        [(Paused, Resume)] = Queued,
        [(Paused, Cancel)] = Cancelled,
    };

    [Fact]
    public void Every_status_and_command_has_its_answer()
    {
        foreach (var status in Enum.GetValues<RunStatus>())
            foreach (var command in Enum.GetValues<RunCommand>())
            {
                var next = RunTransitions.Next("r1", status, command);
                if (Allowed.TryGetValue((status, command), out var expected))
                    next.Value.ShouldBe(expected);
                else
                    next.Error.ShouldNotBeNull();
            }
    }

    [Fact]
    public void A_refusal_names_run_status_and_command() =>
        RunTransitions.Next("r1", Paused, Pause).Error!.ToString()
            .ShouldBe("Run 'r1' is paused; 'pause' is not possible then. Possible now: resume, cancel.");

    [Fact]
    public void A_finished_run_stays_finished() =>
        RunTransitions.Next("r1", Completed, Start).Error!.ToString()
            .ShouldBe("Run 'r1' is completed; 'start' is not possible then. A finished run stays as it is; start a new one.");
}
