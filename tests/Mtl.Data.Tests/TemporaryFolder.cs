using System.Text;
using Mtl.Data.DuckDb;

namespace Mtl.Data.Tests;

/// <summary>A folder of its own for each test, deleted after it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("mtl-data-").FullName;

    public string Path(string name) => System.IO.Path.Combine(path, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(Path(name), content);
        return Path(name);
    }

    /// <summary>Writes the rows of a SELECT as Parquet.</summary>
    public string WriteParquet(string name, string select)
    {
        using var database = DuckDatabase.Open(memoryLimitMegabytes: 256, threads: 1);
        using var rows = database.Query($"COPY ({select}) TO '{Path(name)}' (FORMAT parquet)").Value;
        while (rows.Next().Value)
        {
        }

        return Path(name);
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
