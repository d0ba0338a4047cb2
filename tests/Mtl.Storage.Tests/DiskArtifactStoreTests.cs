using System.Text;
using Mtl.Core;
using Mtl.Storage.Artifacts;

namespace Mtl.Storage.Tests;

public sealed class DiskArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DiskArtifactStore store;

    public DiskArtifactStoreTests() => store = new DiskArtifactStore(folder.File("artifacts"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("link", "link")]
    [InlineData("link", "link/secret")]
    [InlineData("a/link", "a/link/secret")]
    public async Task A_symbolic_link_on_the_way_is_refused(string link, string path)
    {
        Directory.CreateDirectory(folder.File("outside"));
        File.WriteAllText(folder.File("outside/secret"), "secret");
        var place = folder.File($"artifacts/r/{link}");
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.CreateSymbolicLink(place, folder.File("outside"));

        Error?[] errors = [(await WriteAsync(path)).Error, (await store.OpenAsync("r", path)).Error, (await store.DeleteAsync("r", path)).Error];

        errors.ShouldAllBe(error => error == Error.Invalid(
            $"The artifact '{path}' of run 'r' can't be used: a symbolic link lies on its way.", "Replace the link in the data folder by the file or folder itself.", "path"));
        (await store.ListAsync("r")).ShouldBeEmpty();
        File.ReadAllText(folder.File("outside/secret")).ShouldBe("secret");
        Directory.GetFiles(folder.File("outside")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_folder_that_is_a_symbolic_link_is_refused()
    {
        Directory.CreateDirectory(folder.File("outside"));
        File.WriteAllText(folder.File("outside/secret"), "secret");
        File.CreateSymbolicLink(folder.File("artifacts/r"), folder.File("outside"));

        (await store.OpenAsync("r", "secret")).Error!.Message.ShouldBe("The artifact 'secret' of run 'r' can't be used: a symbolic link lies on its way.");
        (await store.ListAsync("r")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_points_nowhere_is_not_written_through()
    {
        Directory.CreateDirectory(folder.File("artifacts/r"));
        File.CreateSymbolicLink(folder.File("artifacts/r/link"), folder.File("outside"));

        (await WriteAsync("link")).IsSuccess.ShouldBeFalse();
        File.Exists(folder.File("outside")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_gone_at_the_next_start()
    {
        await WriteAsync("a");
        File.WriteAllText(folder.File("artifacts/.incoming/half"), "half");

        var restarted = new DiskArtifactStore(folder.File("artifacts"));

        Directory.GetFileSystemEntries(folder.File("artifacts/.incoming")).ShouldBeEmpty();
        (await restarted.ListAsync("r")).Select(file => file.Path).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_file_appears_under_its_name_only_when_it_is_whole()
    {
        await store.WriteAsync("r", "folder/a", async stream =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes("half"));
            await stream.FlushAsync();
            (await store.ListAsync("r")).ShouldBeEmpty();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(" and whole"));
        });

        File.ReadAllText(folder.File("artifacts/r/folder/a")).ShouldBe("half and whole");
    }

    private Task<Result<Tracking.Artifacts.ArtifactFile>> WriteAsync(string path) =>
        store.WriteAsync("r", path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes("content")).AsTask());
}
