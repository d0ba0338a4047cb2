using System.Globalization;
using System.Net;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Downloads of files in part, as clients ask that go on with one that broke off.</summary>
[Collection(ServerCollection.Name)]
public sealed class RangeTests(RunningServer server)
{
    private const string Proxy = "/api/2.0/mlflow-artifacts/artifacts/{0}/{1}/artifacts/notes.txt";

    /// <summary>Where a run's file can be had, by experiment and run.</summary>
    public static TheoryData<string> Downloads => [Proxy, "/api/v1/runs/{1}/artifacts/notes.txt"];

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task A_whole_file_says_that_it_may_be_asked_for_in_part_and_which_it_is(string download)
    {
        using var whole = await GetAsync(await FileAsync(download, "0123456789"));

        whole.StatusCode.ShouldBe(HttpStatusCode.OK);
        whole.Headers.AcceptRanges.ShouldBe(["bytes"]);
        whole.Headers.ETag!.IsWeak.ShouldBeFalse();
        whole.Content.Headers.LastModified.ShouldNotBeNull();
        whole.Content.Headers.ContentLength.ShouldBe(10);
        whole.Headers.CacheControl!.ToString().ShouldBe("no-cache, private");
    }

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task A_range_is_sent_alone(string download)
    {
        var file = await FileAsync(download, "0123456789");

        foreach (var (range, part, where) in ((string, string, string)[])
            [("bytes=2-4", "234", "bytes 2-4/10"), ("bytes=7-", "789", "bytes 7-9/10"), ("bytes=-2", "89", "bytes 8-9/10"), ("bytes=0-99", "0123456789", "bytes 0-9/10")])
        {
            using var answer = await GetAsync(file, ("Range", range));

            answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
            answer.Content.Headers.ContentRange!.ToString().ShouldBe(where);
            (await answer.Content.ReadAsStringAsync()).ShouldBe(part);
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        }
    }

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task A_range_behind_the_end_is_refused_with_the_length(string download)
    {
        using var answer = await GetAsync(await FileAsync(download, "0123456789"), ("Range", "bytes=10-"));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        answer.Content.Headers.ContentRange!.ToString().ShouldBe("bytes */10");
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=4-2")]
    [InlineData("bytes=0-1,4-5")]
    public async Task What_is_no_single_range_gets_the_whole_file(string range)
    {
        using var answer = await GetAsync(await FileAsync(Proxy, "0123456789"), ("Range", range));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("0123456789");
    }

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task A_download_goes_on_only_while_the_file_is_the_same(string download)
    {
        var (file, written) = await KeepAsync(download, new StringContent("0123456789"));
        using var first = await GetAsync(file, ("Range", "bytes=0-4"));
        var tag = first.Headers.ETag!.ToString();

        using var rest = await GetAsync(file, ("Range", "bytes=5-"), ("If-Range", tag));
        using var known = await GetAsync(file, ("If-None-Match", tag));
        (await server.Client.PutAsync(written, new StringContent("another file"))).EnsureSuccessStatusCode();
        using var another = await GetAsync(file, ("Range", "bytes=5-"), ("If-Range", tag));

        (rest.StatusCode, await rest.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.PartialContent, "56789"));
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (another.StatusCode, await another.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, "another file"));
    }

    [Fact]
    public async Task Of_a_long_file_only_the_range_is_sent()
    {
        var content = new byte[20_000_000];
        new Random(5).NextBytes(content);
        var (file, _) = await KeepAsync(Proxy, new ByteArrayContent(content));

        using var answer = await GetAsync(file, ("Range", "bytes=19999000-19999999"));

        answer.Content.Headers.ContentLength.ShouldBe(1000);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(content[19_999_000..]);
    }

    /// <summary>A new run's file; gives back where it is read.</summary>
    private async Task<string> FileAsync(string download, string content) => (await KeepAsync(download, new StringContent(content))).Read;

    /// <summary>A new run's file; gives back where it is read and where it is written.</summary>
    private async Task<(string Read, string Written)> KeepAsync(string download, HttpContent content)
    {
        var experiment = await server.ExperimentAsync("ranges");
        var run = await server.RunAsync(experiment);
        var written = Address(Proxy);
        (await server.Client.PutAsync(written, content)).EnsureSuccessStatusCode();
        return (Address(download), written);

        string Address(string form) => string.Format(CultureInfo.InvariantCulture, form, experiment, run);
    }

    private Task<HttpResponseMessage> GetAsync(string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return server.Client.SendAsync(request);
    }
}
