using Mtl.Core;
using Mtl.Storage.Folders;

namespace Mtl.Storage.Tests;

public sealed class DataFolderTests : IDisposable
{
    private static readonly ServerInfo Server = new(4711, "http://127.0.0.1:5080", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_folder_is_made_with_all_its_parts()
    {
        using var opened = DataFolder.Open(folder.File("a/b")).Value;

        opened.Root.ShouldBe(folder.File("a/b"));
        Directory.Exists(opened.ArtifactsFolder).ShouldBeTrue();
        Directory.Exists(opened.DatasetsFolder).ShouldBeTrue();
        opened.DatabaseFile.ShouldBe(folder.File("a/b/mtl.db"));
    }

    [Fact]
    public void Of_what_was_on_its_way_only_the_parts_of_uploads_stay()
    {
        using (var before = DataFolder.Open(folder).Value)
        {
            foreach (var file in (string[])["parts/1/00001", "other/1", "table.csv"])
            {
                var path = Path.Combine(before.IncomingFolder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, "");
            }
        }

        using var opened = DataFolder.Open(folder).Value;

        Directory.EnumerateFileSystemEntries(opened.IncomingFolder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(opened.IncomingFolder, path))
            .ShouldBe(["parts", Path.Combine("parts", "1"), Path.Combine("parts", "1", "00001")], ignoreOrder: true);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_says_so()
    {
        File.WriteAllText(folder.File("file"), "");

        var error = DataFolder.Open(folder.File("file/data")).Error!;

        error.Kind.ShouldBe(ErrorKind.Unavailable);
        error.Message.ShouldStartWith($"The data folder '{folder.File("file/data")}' can't be written: ");
        error.Advice.ShouldBe("Make it writable for this user, or name another folder with --data DIR.");
    }

    [Fact]
    public void A_second_server_is_refused_with_the_first_ones_address_and_process()
    {
        using var first = DataFolder.Open(folder).Value;
        first.Announce(Server);

        DataFolder.Open(folder).Error.ShouldBe(Error.Conflict(
            $"The data folder '{folder.Path}' is in use by the server at http://127.0.0.1:5080 (process 4711).",
            "Use that server, stop it, or name another folder with --data DIR."));
    }

    [Fact]
    public void A_second_server_is_refused_before_the_first_has_said_its_address()
    {
        using var first = DataFolder.Open(folder).Value;

        DataFolder.Open(folder).Error.ShouldBe(Error.Conflict(
            $"The data folder '{folder.Path}' is in use by a server that is starting or stopping.", "Try again in a moment, or name another folder with --data DIR."));
    }

    [Fact]
    public void The_running_server_is_found()
    {
        DataFolder.FindServer(folder).ShouldBeNull();
        using (var opened = DataFolder.Open(folder).Value)
        {
            DataFolder.FindServer(folder).ShouldBeNull();
            opened.Announce(Server);
            DataFolder.FindServer(folder).ShouldBe(Server);
        }

        DataFolder.FindServer(folder).ShouldBeNull();
    }

    [Fact]
    public void What_a_killed_server_left_is_no_running_server()
    {
        using (var opened = DataFolder.Open(folder).Value)
        {
            opened.Announce(Server);
            File.Copy(folder.File("server.json"), folder.File("copy"));
        }

        File.Move(folder.File("copy"), folder.File("server.json"));

        DataFolder.FindServer(folder).ShouldBeNull();
        using var again = DataFolder.Open(folder).Value;
        File.Exists(folder.File("server.json")).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_that_does_not_exist_has_no_server_and_is_not_made()
    {
        DataFolder.FindServer(folder.File("nope")).ShouldBeNull();

        Directory.Exists(folder.File("nope")).ShouldBeFalse();
    }
}
