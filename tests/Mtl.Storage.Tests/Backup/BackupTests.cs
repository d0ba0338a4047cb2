using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Mtl.Core;
using Mtl.Storage.Backup;

namespace Mtl.Storage.Tests.Backup;

public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Data => folder.File("data");

    private string Archive => folder.File("backup.tar.gz");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_backup_made_while_batches_and_files_are_written_holds_everything_acknowledged_before_it()
    {
        using var storage = ServerStorage.Open(Data).Value;
        await MetricBatches.PrepareAsync(storage);
        await File.WriteAllTextAsync(Path.Combine(Data, "datasets", "table.csv"), "a,b\n1,2\n");
        Directory.CreateDirectory(Path.Combine(Data, "keys"));
        await File.WriteAllTextAsync(Path.Combine(Data, "keys", "key.xml"), "<key/>");
        for (var batch = 0; batch < 20; batch++)
            await WriteAsync(storage, batch);

        using var enough = new CancellationTokenSource();
        var acknowledged = 20;
        var writing = Task.Run(async () =>
        {
            for (; !enough.IsCancellationRequested; acknowledged++)
                await WriteAsync(storage, acknowledged);
        });
        var before = Volatile.Read(ref acknowledged);
        var made = (await BackupWriter.WriteAsync(Data, Archive, TimeProvider.System, CancellationToken.None)).Value;
        await enough.CancelAsync();
        await writing;

        var restored = (await BackupReader.RestoreAsync(Archive, folder.File("restored"), CancellationToken.None)).Value;
        (restored.Files, restored.Bytes).ShouldBe((made.Files, made.Bytes));
        using var again = ServerStorage.Open(folder.File("restored")).Value;
        var batches = await MetricBatches.CountAsync(again);
        batches.ShouldBeInRange(before, acknowledged);
        var files = (await again.Artifacts.ListAsync(MetricBatches.RunId)).Select(file => file.Path).ToArray();
        Enumerable.Range(0, batches).Select(batch => $"files/{batch}.txt").Except(files).ShouldBeEmpty("a file is written before its batch, so each batch restored has its file");
        foreach (var path in files)
        {
            using var reader = new StreamReader((await again.Artifacts.OpenAsync(MetricBatches.RunId, path)).Value);
            $"files/{await reader.ReadToEndAsync()}.txt".ShouldBe(path);
        }

        (await File.ReadAllTextAsync(Path.Combine(folder.File("restored"), "datasets", "table.csv"))).ShouldBe("a,b\n1,2\n");
        (await File.ReadAllTextAsync(Path.Combine(folder.File("restored"), "keys", "key.xml"))).ShouldBe("<key/>");
        foreach (var path in (string[])[Archive, Path.Combine(folder.File("restored"), "keys", "key.xml"), Path.Combine(folder.File("restored"), "mtl.db")])
            (OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBeTrue($"{path} is for its owner alone");
        await MetricBatches.WriteAsync(again, batches);
        (await MetricBatches.CountAsync(again)).ShouldBe(batches + 1);
    }

    [Fact]
    public async Task Checkpoints_are_copied_before_the_records_and_other_files_after_them()
    {
        using (var storage = ServerStorage.Open(Data).Value)
        {
            await MetricBatches.PrepareAsync(storage);
            await WriteFileAsync(storage, "checkpoints/1", "1");
            await WriteFileAsync(storage, "model.onnx", "m");
        }

        _ = (await BackupWriter.WriteAsync(Data, Archive, TimeProvider.System, CancellationToken.None)).Value;

        Entries().ShouldBe(["artifacts/r/checkpoints/1", "mtl.db", "artifacts/r/model.onnx", "manifest.json"]);
    }

    [Fact]
    public async Task Nobody_else_can_read_the_records_while_they_are_backed_up()
    {
        if (OperatingSystem.IsWindows())
            return;
        using (var storage = ServerStorage.Open(Data).Value)
            await File.WriteAllBytesAsync(Path.Combine(Data, "datasets", "large.bin"), RandomNumberGenerator.GetBytes(30_000_000));

        var backup = Task.Run(() => BackupWriter.WriteAsync(Data, Archive, TimeProvider.System, CancellationToken.None));
        var seen = new HashSet<(string, UnixFileMode)>();
        while (!backup.IsCompleted)
        {
            foreach (var file in new DirectoryInfo(Path.GetDirectoryName(Archive)!).EnumerateFiles().Where(file => file.Name.StartsWith("backup.tar.gz.", StringComparison.Ordinal) && file.Exists))
                seen.Add((file.Name.Split('.', '-')[3], file.UnixFileMode));
        }

        (await backup).IsSuccess.ShouldBeTrue();
        seen.ShouldBe([("partial", UnixFileMode.UserRead | UnixFileMode.UserWrite), ("records", UnixFileMode.UserRead | UnixFileMode.UserWrite)], ignoreOrder: true);
        Directory.EnumerateFiles(Path.GetDirectoryName(Archive)!).ShouldBe([Archive]);
    }

    [Fact]
    public async Task Of_backups_to_one_file_at_once_one_is_made_and_the_others_are_refused()
    {
        using (ServerStorage.Open(Data).Value)
        {
            var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => BackupWriter.WriteAsync(Data, Archive, TimeProvider.System, CancellationToken.None))));

            made.Count(result => result.IsSuccess).ShouldBe(1);
            made.Where(result => !result.IsSuccess).ShouldAllBe(result => result.Error == Error.Conflict($"'{Archive}' exists already.", "Name a file that does not exist, or remove that one."));
            Directory.EnumerateFiles(Path.GetDirectoryName(Archive)!).ShouldBe([Archive]);
        }

        (await BackupReader.RestoreAsync(Archive, folder.File("restored"), CancellationToken.None)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_file_or_folder_that_exists_is_never_overwritten()
    {
        await BackUpAsync();

        (await BackupWriter.WriteAsync(Data, Archive, TimeProvider.System, CancellationToken.None)).Error
            .ShouldBe(Error.Conflict($"'{Archive}' exists already.", "Name a file that does not exist, or remove that one."));
        (await BackupReader.RestoreAsync(Archive, Data, CancellationToken.None)).Error
            .ShouldBe(Error.Conflict($"The data folder '{Data}' exists and is not empty; a restore never overwrites one.", "Name another folder with --data DIR, or move that one away."));
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        (await BackupWriter.WriteAsync(folder.File("nothing"), Archive, TimeProvider.System, CancellationToken.None)).Error!.Message.ShouldBe($"The folder '{folder.File("nothing")}' holds no database 'mtl.db'.");
        (await BackupReader.RestoreAsync(Archive, folder.File("restored"), CancellationToken.None)).Error!.Message.ShouldBe($"There is no file '{Archive}'.");
        await BackUpAsync();
        var elsewhere = Path.Combine(folder.File("nothing"), "backup");
        (await BackupWriter.WriteAsync(Data, elsewhere, TimeProvider.System, CancellationToken.None)).Error!.Message.ShouldBe($"There is no folder '{folder.File("nothing")}' for the backup.");
    }

    [Fact]
    public async Task A_backup_cut_off_anywhere_is_refused_and_leaves_nothing()
    {
        await BackUpAsync();
        var whole = await File.ReadAllBytesAsync(Archive);

        foreach (var bytes in (int[])[0, 1, 100, whole.Length / 2, whole.Length - 200, whole.Length - 20])
        {
            await File.WriteAllBytesAsync(Archive, whole[..bytes]);
            await ShouldBeRefusedAsync($"{bytes} of {whole.Length} bytes");
        }
    }

    [Fact]
    public async Task A_backup_whose_file_was_changed_is_refused_by_name()
    {
        await BackUpAsync();
        Rewrite(entry => entry.Name == "artifacts/r/model.onnx" ? new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = new MemoryStream("M"u8.ToArray()) } : entry);

        (await ShouldBeRefusedAsync("changed")).Message.ShouldBe($"'{Archive}' is damaged: 'artifacts/r/model.onnx' is not as it was written.");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("artifacts/../../outside")]
    [InlineData("artifacts//outside")]
    [InlineData("artifacts/r/..\\outside")]
    [InlineData("server.json")]
    public async Task A_path_that_leads_elsewhere_is_refused(string path)
    {
        await BackUpAsync();
        Rewrite(entry => entry.Name == "artifacts/r/model.onnx" ? new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream("M"u8.ToArray()) } : entry);

        (await ShouldBeRefusedAsync(path)).Message.ShouldBe($"'{Archive}' is no backup of the platform: it holds '{path}'.");
        File.Exists(folder.File("outside")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_is_refused()
    {
        await BackUpAsync();
        Rewrite(entry => entry.Name == "artifacts/r/model.onnx" ? new PaxTarEntry(TarEntryType.SymbolicLink, entry.Name) { LinkName = "/etc/passwd" } : entry);

        (await ShouldBeRefusedAsync("link")).Message.ShouldBe($"'{Archive}' is no backup of the platform: it holds 'artifacts/r/model.onnx'.");
    }

    private async Task BackUpAsync()
    {
        using (var storage = ServerStorage.Open(Data).Value)
        {
            await MetricBatches.PrepareAsync(storage);
            await WriteFileAsync(storage, "model.onnx", "m");
        }

        _ = (await BackupWriter.WriteAsync(Data, Archive, TimeProvider.System, CancellationToken.None)).Value;
    }

    private async Task<Error> ShouldBeRefusedAsync(string circumstances)
    {
        var restored = await BackupReader.RestoreAsync(Archive, folder.File("restored"), CancellationToken.None);
        restored.IsSuccess.ShouldBeFalse(circumstances);
        Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray().ShouldBe(["backup.tar.gz", "data"], customMessage: circumstances);
        return restored.Error;
    }

    private static async Task WriteAsync(ServerStorage storage, int batch)
    {
        await WriteFileAsync(storage, $"files/{batch}.txt", $"{batch}");
        await MetricBatches.WriteAsync(storage, batch);
    }

    private static async Task WriteFileAsync(ServerStorage storage, string path, string text) =>
        _ = (await storage.Artifacts.WriteAsync(MetricBatches.RunId, path, stream => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text)).AsTask())).Value;

    private List<string> Entries()
    {
        var names = new List<string>();
        Read(entry => names.Add(entry.Name));
        return names;
    }

    private void Read(Action<TarEntry> see)
    {
        using var packed = File.OpenRead(Archive);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry(copyData: true) is { } entry)
            see(entry);
    }

    private void Rewrite(Func<TarEntry, TarEntry> change)
    {
        var changed = folder.File("changed");
        using (var stream = File.Create(changed))
        using (var packed = new GZipStream(stream, CompressionLevel.Fastest))
        using (var tar = new TarWriter(packed, TarEntryFormat.Pax))
            Read(entry => tar.WriteEntry(change(entry)));
        File.Move(changed, Archive, overwrite: true);
    }
}
