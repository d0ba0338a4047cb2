using System.CommandLine;
using System.Globalization;
using Mtl.Cli.Commands;
using Mtl.Core;
using Mtl.Storage.Backup;
using Mtl.Storage.Folders;
using Spectre.Console;

namespace Mtl.Host.Commands;

/// <summary><c>backup</c> and <c>restore</c>: they read and write the data folder themselves, as whoever may do that may do everything.</summary>
internal static class BackupCommands
{
    public static IEnumerable<Command> Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The backup; it must not exist yet." };
        var backup = new Command("backup", "Writes the data folder (records, artifacts, datasets) as one file, while the server runs or not.") { file };
        backup.SetAction(async (parsed, cancellation) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!, context.WorkingFolder);
            return Print(context, await TryAsync(() => BackupWriter.WriteAsync(Folder(context, parsed), path, TimeProvider.System, cancellation)), done => $"Wrote {path}: {done}.");
        });

        var source = new Argument<string>("FILE") { Description = "A backup." };
        var restore = new Command("restore", "Makes a data folder from a backup; one that exists and is not empty is never overwritten.") { source };
        restore.SetAction(async (parsed, cancellation) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(source)!, context.WorkingFolder);
            return Print(context, await TryAsync(() => BackupReader.RestoreAsync(path, Folder(context, parsed), cancellation)), done => $"Restored {Folder(context, parsed)}: {done}.");
        });
        return [backup, restore];
    }

    private static string Folder(CommandContext context, ParseResult parsed) =>
        parsed.GetValue(CommandTable.DataFolder) is { } folder ? Path.GetFullPath(folder, context.WorkingFolder) : DataFolder.DefaultPath;

    private static async Task<Result<BackupSummary>> TryAsync(Func<Task<Result<BackupSummary>>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Error.Unavailable(e.Message, "Check the disk's space and the permissions, and try again.");
        }
    }

    private static int Print(CommandContext context, Result<BackupSummary> result, Func<string, string> sentence)
    {
        if (!result.IsSuccess)
        {
            CommandTable.PrintError(context.Console, result.Error);
            return 1;
        }

        var summary = result.Value;
        context.Console.WriteLine(sentence(string.Create(
            CultureInfo.InvariantCulture, $"{summary.Files:N0} file{(summary.Files == 1 ? "" : "s")}, {summary.Bytes / 1024.0 / 1024:N1} MiB, records as of {summary.MadeAt:yyyy-MM-dd HH:mm:ss}Z")));
        return 0;
    }
}
