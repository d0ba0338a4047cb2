namespace Mtl.Cli.Commands;

/// <summary>A file that a command writes: under a temporary name first, so that one of its name is replaced only by a whole new one.</summary>
internal static class OutputFile
{
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var partial = $"{path}.{Environment.ProcessId}.new";
        try
        {
            await using (var file = File.Create(partial))
                await write(file);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
