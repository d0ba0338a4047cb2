using Mtl.Application.Collaboration.Groups;
using Mtl.Application.Collaboration.Tables;
using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Tests;

public class GroupTextTests
{
    private static readonly ColumnKey[] By = [ColumnKey.Parameter("architecture"), ColumnKey.Parameter("baselines"), ColumnKey.Parameter("architecture.headUnits"), ColumnKey.Parameter("training.epochs"), ColumnKey.Parameter("weighting")];

    private static readonly RunGroups Groups = new(
        By, [], [],
        [
            Group("stl", "false", "", "15", "ew"), Group("hps", "true", "0", "15", "uw"), Group("mmoe", "true", "0", "15", "uw"),
            Group("hps", "true", "0", "15", "pcgrad"), Group("stl", "false", "", "50", "ew"), Group("hps", "true", "0", "50", "uw"),
        ],
        6, false);

    [Fact]
    public void Groups_are_called_by_the_fewest_columns_that_tell_them_apart()
    {
        var telling = GroupText.Telling(Groups);

        telling.ShouldBe([0, 3, 4]);
        Groups.Groups.Select(group => GroupText.Label(group, By, telling)).ShouldBe(
        [
            "architecture = stl, epochs = 15, weighting = ew", "architecture = hps, epochs = 15, weighting = uw", "architecture = mmoe, epochs = 15, weighting = uw",
            "architecture = hps, epochs = 15, weighting = pcgrad", "architecture = stl, epochs = 50, weighting = ew", "architecture = hps, epochs = 50, weighting = uw",
        ]);
    }

    [Fact]
    public void Columns_whose_names_end_alike_keep_their_whole_names()
    {
        ColumnKey[] by = [ColumnKey.Parameter("optimizer.learningRate"), ColumnKey.Parameter("weighting.learningRate")];
        GroupText.Label(Group("0.1", ""), by, [0, 1]).ShouldBe("optimizer.learningRate = 0.1, weighting.learningRate = –");
        GroupText.Label(Group("0.1", "1"), by, [0]).ShouldBe("learningRate = 0.1");
    }

    [Fact]
    public void A_single_group_is_called_by_all_that_it_shares()
    {
        var one = new RunGroups([By[0]], [], [], [Group("hps")], 1, false);
        GroupText.Telling(one).ShouldBeEmpty();
        GroupText.Label(one.Groups[0], one.By, []).ShouldBe("architecture = hps");
        GroupText.Telling(new RunGroups(By, [], [], [], 0, false)).ShouldBeEmpty();
    }

    private static RunGroup Group(params IReadOnlyList<string> values) => new(values, ["r"], new Dictionary<string, Spread>());
}
