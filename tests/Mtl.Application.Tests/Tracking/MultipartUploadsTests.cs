using Mtl.Application.Tests.People;
using Mtl.Application.Tracking;
using Mtl.Core;

namespace Mtl.Application.Tests.Tracking;

/// <summary>Uploads in parts on disk: each test's second instance is what a server finds after a restart.</summary>
public sealed class MultipartUploadsTests : IDisposable
{
    private static readonly ArtifactAddress Address = new("e", "r", IsModel: false, "big/file.bin");

    private readonly string folder = Directory.CreateTempSubdirectory("mtl-uploads-").FullName;
    private readonly ManualTime time = new();

    private ApplicationOptions Options => new() { DatasetsFolder = Path.Combine(folder, "datasets") };

    private string Parts => Options.PartsFolder;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_upload_goes_on_after_a_restart()
    {
        var before = new MultipartUploads(Options, time);
        var ticket = before.Begin(Address, 2);
        Send(before, ticket, 1, "one", "11");

        var after = new MultipartUploads(Options, time);
        Send(after, ticket, 2, "two", "22").ShouldBe("\"22\"");

        after.Files(ticket.UploadId, Address, [(2, "\"22\""), (1, "11")]).Value.Select(File.ReadAllText).ShouldBe(["one", "two"]);
        after.Files(ticket.UploadId, Address with { Path = "another" }, [(1, "11")]).Error!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public void The_secret_is_kept_as_its_hash_alone_and_asked_for_after_a_restart()
    {
        var ticket = new MultipartUploads(Options, time).Begin(Address, 1);

        Directory.EnumerateFiles(Parts, "*", SearchOption.AllDirectories).ShouldAllBe(file => !File.ReadAllText(file).Contains(ticket.Secret, StringComparison.Ordinal));
        new MultipartUploads(Options, time).Part(ticket.UploadId, "a guess", 1).Error.ShouldBe(MultipartUploads.NoSuchUpload());
    }

    [Fact]
    public void A_part_that_was_sent_again_counts_as_it_came_last()
    {
        var before = new MultipartUploads(Options, time);
        var ticket = before.Begin(Address, 1);
        Send(before, ticket, 1, "first", "11");
        Send(before, ticket, 1, "second", "22");

        foreach (var uploads in (MultipartUploads[])[before, new MultipartUploads(Options, time)])
        {
            uploads.Files(ticket.UploadId, Address, [(1, "22")]).Value.Select(File.ReadAllText).ShouldBe(["second"]);
            uploads.Files(ticket.UploadId, Address, [(1, "11")]).Error!.Message.ShouldBe($"Part 1 of the upload '{ticket.UploadId}' came in with the tag \"22\", not 11.");
        }
    }

    [Fact]
    public void A_part_that_was_coming_in_when_the_server_ended_has_not_come_in()
    {
        var before = new MultipartUploads(Options, time);
        var ticket = before.Begin(Address, 1);
        File.WriteAllText(before.Part(ticket.UploadId, ticket.Secret, 1).Value, "half of");

        var after = new MultipartUploads(Options, time);

        after.Files(ticket.UploadId, Address, [(1, "11")]).Error!.Message.ShouldBe($"Part 1 of the upload '{ticket.UploadId}' has not come in.");
        Directory.GetFiles(Path.Combine(Parts, ticket.UploadId)).Length.ShouldBe(1);
    }

    [Fact]
    public void An_upload_ends_after_a_day_whether_the_server_ran_or_not()
    {
        var running = new MultipartUploads(Options, time);
        var ticket = running.Begin(Address, 1);
        time.Advance(MultipartUploads.Patience);
        running.Check(ticket.UploadId, Address).ShouldBeNull();
        time.Advance(TimeSpan.FromTicks(1));

        running.Check(ticket.UploadId, Address).ShouldBe(Error.NotFound($"There is no upload '{ticket.UploadId}' to 'big/file.bin'.", "Begin one; an upload ends after a day."));
        _ = new MultipartUploads(Options, time);
        Directory.EnumerateFileSystemEntries(Parts).ShouldBeEmpty();
    }

    [Fact]
    public void What_nobody_completes_is_dropped_while_the_server_runs()
    {
        var uploads = new MultipartUploads(Options, time);
        uploads.Begin(Address, 1);
        time.Advance(MultipartUploads.Patience / 2);
        var later = uploads.Begin(Address, 1);
        time.Advance((MultipartUploads.Patience / 2) + TimeSpan.FromTicks(1));

        uploads.DropStale();

        Directory.GetDirectories(Parts).Select(Path.GetFileName).ShouldBe([later.UploadId]);
    }

    [Fact]
    public void What_was_dropped_or_is_no_upload_goes_at_the_next_start()
    {
        var before = new MultipartUploads(Options, time);
        var (dropped, kept) = (before.Begin(Address, 1), before.Begin(Address, 1));
        Directory.Move(Path.Combine(Parts, dropped.UploadId), Path.Combine(Parts, $"{dropped.UploadId}-over"));
        Directory.CreateDirectory(Path.Combine(Parts, "0011"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Parts, "0022")).FullName, "upload.json"), "{\"Addr");

        var after = new MultipartUploads(Options, time);

        Directory.GetDirectories(Parts).Select(Path.GetFileName).ShouldBe([kept.UploadId]);
        after.Check(kept.UploadId, Address).ShouldBeNull();
    }

    private static string Send(MultipartUploads uploads, UploadTicket ticket, int number, string content, string hash)
    {
        var file = uploads.Part(ticket.UploadId, ticket.Secret, number).Value;
        File.WriteAllText(file, content);
        return uploads.Take(ticket.UploadId, number, file, hash).Value;
    }
}
