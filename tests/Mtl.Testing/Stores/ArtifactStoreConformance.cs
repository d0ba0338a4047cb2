using System.Text;
using Mtl.Core;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IArtifactStore</c> must hold.</summary>
public abstract class ArtifactStoreConformance(StoreSource source) : StoreConformance(source)
{
    /// <summary>A path that is refused, and the reason that the error gives.</summary>
    public static TheoryData<string, string> RefusedPaths => new()
    {
        { "", "it is empty" },
        { "/etc/passwd", "it is absolute" },
        { "..", "it holds '.' or '..'" },
        { "../other/model.onnx", "it holds '.' or '..'" },
        { "a/../../b", "it holds '.' or '..'" },
        { "./a", "it holds '.' or '..'" },
        { "a//b", "it holds an empty name" },
        { "a/", "it holds an empty name" },
        { "a\\..\\b", "it holds a '\\'" },
        { "C:/a", "it names a drive" },
        { "a\0b", "it holds a control character" },
        { "a\nb", "it holds a control character" },
        { new string('x', 256), "it holds a name of more than 255 bytes" },
        { new string('ä', 128), "it holds a name of more than 255 bytes" },
        { string.Join('/', Enumerable.Repeat("folder", 200)), "it is longer than 1024 bytes" },
    };

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("checkpoints/best/state.bin")]
    [InlineData("Größe ä 数据 (1).csv")]
    [InlineData("..hidden...")]
    [InlineData("-rf")]
    public async Task A_written_file_is_read_back_and_listed(string path)
    {
        var written = (await WriteAsync("r", path, "content")).Value;

        (written.Path, written.Bytes).ShouldBe((path, 7));
        (await ReadAsync("r", path)).ShouldBe("content");
        (await Stores.Artifacts.ListAsync("r")).ShouldBe([written]);
    }

    [Fact]
    public async Task All_files_of_a_run_can_be_removed_at_once()
    {
        await WriteAsync("r", "a", "1");
        await WriteAsync("r", "folder/b", "2");
        await WriteAsync("other", "a", "3");

        (await Stores.Artifacts.DeleteAllAsync("r")).Value.ShouldBeTrue();

        (await Stores.Artifacts.ListAsync("r")).ShouldBeEmpty();
        (await ReadAsync("other", "a")).ShouldBe("3");
        (await Stores.Artifacts.DeleteAllAsync("r")).Value.ShouldBeFalse();
        (await Stores.Artifacts.DeleteAllAsync("../r")).IsSuccess.ShouldBeFalse();
        await WriteAsync("r", "a", "again");
        (await ReadAsync("r", "a")).ShouldBe("again");
    }

    [Fact]
    public async Task A_second_write_replaces_the_first()
    {
        await WriteAsync("r", "a", "long old content");
        await WriteAsync("r", "a", "new");

        (await ReadAsync("r", "a")).ShouldBe("new");
        (await Stores.Artifacts.ListAsync("r")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_keeps_the_file_it_opened_while_another_takes_its_place()
    {
        await WriteAsync("r", "a", "old");
        using var opened = new StreamReader((await Stores.Artifacts.OpenAsync("r", "a")).Value);

        await WriteAsync("r", "a", "new");

        (await opened.ReadToEndAsync()).ShouldBe("old");
    }

    [Fact]
    public async Task A_write_that_throws_leaves_the_old_file_and_nothing_else()
    {
        await WriteAsync("r", "a", "old");

        await Should.ThrowAsync<InvalidOperationException>(() => Stores.Artifacts.WriteAsync("r", "a", async stream =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes("half"));
            throw new InvalidOperationException("The disk is gone.");
        }));

        (await ReadAsync("r", "a")).ShouldBe("old");
        (await Stores.Artifacts.ListAsync("r")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_file()
    {
        await WriteAsync("r", "a", "old");
        using var cancelled = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => Stores.Artifacts.WriteAsync(
            "r",
            "a",
            async stream =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes("new"), CancellationToken.None);
                await cancelled.CancelAsync();
            },
            cancelled.Token));

        (await ReadAsync("r", "a")).ShouldBe("old");
    }

    [Fact]
    public async Task Files_are_listed_by_path_for_one_run()
    {
        foreach (var path in (string[])["b", "a/2", "a/1", "B"])
            await WriteAsync("r", path, path);
        await WriteAsync("s", "other", "other");

        (await Stores.Artifacts.ListAsync("r")).Select(file => file.Path).ShouldBe(["B", "a/1", "a/2", "b"]);
        (await Stores.Artifacts.ListAsync("nope")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_file_is_not_found()
    {
        await WriteAsync("r", "folder/a", "content");

        foreach (var path in (string[])["nope", "folder", "folder/a/b"])
        {
            (await Stores.Artifacts.OpenAsync("r", path)).Error
                .ShouldBe(Error.NotFound($"The run 'r' has no artifact '{path}'.", "List the run's artifacts to see which exist."));
        }
    }

    [Fact]
    public async Task A_deleted_file_is_gone_and_deleting_again_is_no_error()
    {
        await WriteAsync("r", "a", "content");

        (await Stores.Artifacts.DeleteAsync("r", "a")).Value.ShouldBeTrue();
        (await Stores.Artifacts.DeleteAsync("r", "a")).Value.ShouldBeFalse();
        (await Stores.Artifacts.ListAsync("r")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(RefusedPaths))]
    public async Task A_path_that_is_no_artifact_path_is_refused_everywhere(string path, string reason)
    {
        Error?[] errors =
        [
            (await WriteAsync("r", path, "x")).Error,
            (await Stores.Artifacts.OpenAsync("r", path)).Error,
            (await Stores.Artifacts.DeleteAsync("r", path)).Error,
        ];

        foreach (var error in errors)
        {
            error.ShouldNotBeNull();
            error.Kind.ShouldBe(ErrorKind.Invalid);
            error.Message.ShouldEndWith($" can't be an artifact's path: {reason}.");
            error.Advice.ShouldBe("Give a path relative to the run's artifacts, with '/' between folders, such as 'plots/loss.png'.");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".incoming")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public async Task A_run_id_that_is_no_folder_name_is_refused(string runId)
    {
        (await WriteAsync(runId, "a", "x")).Error!.Message.ShouldBe($"'{runId}' can't be a run's id: 1 to 100 letters, digits, '-' and '_' are allowed.");
        (await Stores.Artifacts.ListAsync(runId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_takes_the_place_of_no_folder_and_lies_in_no_file()
    {
        await WriteAsync("r", "folder/a", "content");

        (await WriteAsync("r", "folder", "x")).Error
            .ShouldBe(Error.Conflict("The artifact 'folder' of run 'r' can't be written: a folder of that name exists.", "Write it under another path."));
        (await WriteAsync("r", "folder/a/b", "x")).Error
            .ShouldBe(Error.Conflict("The artifact 'folder/a/b' of run 'r' can't be written: 'a' on its way is a file.", "Write it under another path."));
    }

    [Fact]
    public async Task A_file_takes_the_name_of_a_folder_whose_files_are_gone()
    {
        await WriteAsync("r", "plots/old/a", "content");
        await Stores.Artifacts.DeleteAsync("r", "plots/old/a");

        (await WriteAsync("r", "plots", "x")).IsSuccess.ShouldBeTrue();

        (await Stores.Artifacts.ListAsync("r")).Select(file => file.Path).ShouldBe(["plots"]);
    }

    [Fact]
    public async Task Files_are_written_read_listed_and_deleted_in_one_folder_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < 40; round++)
            {
                (await WriteAsync("r", $"deep/er/{writer}", "content")).Error.ShouldBeNull();
                await Stores.Artifacts.ListAsync("r");
                var opened = await Stores.Artifacts.OpenAsync("r", $"deep/er/{(writer + 1) % 8}");
                (opened.Error is null or { Kind: ErrorKind.NotFound }).ShouldBeTrue();
                if (opened.IsSuccess)
                    await opened.Value.DisposeAsync();
                (await Stores.Artifacts.DeleteAsync("r", $"deep/er/{writer}")).Value.ShouldBeTrue();
            }
        })));

        (await Stores.Artifacts.ListAsync("r")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_writes_at_once_one_is_there_whole()
    {
        var contents = Enumerable.Range(0, 16).Select(i => new string((char)('a' + i), 100_000)).ToArray();

        await Task.WhenAll(contents.Select(content => Task.Run(() => WriteAsync("r", "a", content))));

        contents.ShouldContain(await ReadAsync("r", "a"));
        (await Stores.Artifacts.ListAsync("r")).Count.ShouldBe(1);
    }

    protected Task<Result<Tracking.Artifacts.ArtifactFile>> WriteAsync(string runId, string path, string content) =>
        Stores.Artifacts.WriteAsync(runId, path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(content)).AsTask());

    protected async Task<string> ReadAsync(string runId, string path)
    {
        using var reader = new StreamReader((await Stores.Artifacts.OpenAsync(runId, path)).Value);
        return await reader.ReadToEndAsync();
    }
}
