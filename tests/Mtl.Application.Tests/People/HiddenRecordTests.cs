using System.Buffers.Text;
using System.Text;
using Mtl.Application.Access;
using Mtl.Application.Models;
using Mtl.Application.People;
using Mtl.Application.Tracking;
using Mtl.Core;
using Mtl.Tracking.People;
using Mtl.Tracking.Search;

namespace Mtl.Application.Tests.People;

/// <summary>That a search tells nothing of what its caller may not see: neither by a page's length, nor by whether there is another page, nor by the token that leads there.</summary>
public sealed class HiddenRecordTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 30).Select(number => $"{(number % 3 == 0 ? "open" : "secret")}-{number:D2}")];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task Pages_of_experiments_hold_and_name_only_what_may_be_seen(int pageSize)
    {
        await using var host = await HostAsync();
        await using var ada = await host.AsAsync("ada");

        var read = await ReadAsync(pageSize, token => ada.Get<IExperimentTracking>().SearchAsync(new SearchRequest("", ["name ASC"], pageSize, token), RecordView.Active));

        read.SelectMany(page => page.Items).Select(found => found.Experiment.Name).Where(name => name != "Default").ShouldBe(Names.Where(name => name.StartsWith("open", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1000)]
    public async Task Pages_of_models_hold_and_name_only_what_may_be_seen(int pageSize)
    {
        await using var host = await HostAsync();
        await using var ada = await host.AsAsync("ada");
        var open = Names.Where(name => name.StartsWith("open", StringComparison.Ordinal)).ToArray();

        var models = await ReadAsync(pageSize, token => ada.Get<IModelRegistration>().SearchAsync(new SearchRequest("", ["name ASC"], pageSize, token)));
        var versions = await ReadAsync(pageSize, token => ada.Get<IModelRegistration>().SearchVersionsAsync(new SearchRequest("", ["name ASC"], pageSize, token)));

        models.SelectMany(page => page.Items).Select(found => found.Model.Name).ShouldBe(open);
        versions.SelectMany(page => page.Items).Select(found => found.Version.Name).ShouldBe(open);
    }

    [Fact]
    public async Task That_hidden_records_follow_is_not_told()
    {
        await using var host = await HostAsync();
        await using var ada = await host.AsAsync("ada");

        // 'open-27' is the last that ada may see of those that the filter finds; 'secret-28' and 'secret-29' follow it.
        var page = (await ada.Get<IExperimentTracking>().SearchAsync(new SearchRequest("name LIKE '%-2%'", ["name ASC"], 3, ""), RecordView.Active)).Value;

        page.Items.Select(found => found.Experiment.Name).ShouldBe(["open-21", "open-24", "open-27"]);
        page.NextToken.ShouldBeNull();
    }

    [Fact]
    public async Task The_list_of_models_is_full_though_most_are_hidden()
    {
        await using var host = await HostAsync();
        await using var ada = await host.AsAsync("ada");

        var listed = (await ada.Get<IRegisteredModels>().ListAsync()).Value;

        listed.Models.Count.ShouldBe(10);
        listed.NextToken.ShouldBeNull();
    }

    private static async Task<PeopleHost> HostAsync()
    {
        var host = await PeopleHost.WithUsersAsync(null, "ada");
        await using var root = await host.AsAsync("root");
        foreach (var name in Names)
        {
            await host.AddExperimentAsync(name);
            await host.AddModelAsync(name, name);
            if (name.StartsWith("secret", StringComparison.Ordinal))
                (await root.Get<IPermissions>().SetAsync(Resource.Experiment(name), new Holder(PrincipalKind.Everyone), Permission.None)).IsSuccess.ShouldBeTrue();
        }

        return host;
    }

    /// <summary>All pages; each but the last is full, and no token names a hidden record.</summary>
    private static async Task<IReadOnlyList<Page<T>>> ReadAsync<T>(int pageSize, Func<string, Task<Result<Page<T>>>> search)
    {
        var pages = new List<Page<T>>();
        for (var token = ""; token is not null; token = pages[^1].NextToken)
            pages.Add((await search(token)).Value);
        pages.SkipLast(1).ShouldAllBe(page => page.Items.Count == pageSize);
        pages[^1].Items.ShouldNotBeEmpty();
        foreach (var token in pages.Select(page => page.NextToken).OfType<string>())
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).ShouldNotContain("secret");
        return pages;
    }
}
