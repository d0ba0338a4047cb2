namespace Mtl.Testing.Data;

/// <summary>Real data sets that lie beside the repository, in <c>../shared/data</c> seen from its root, on machines that have them.</summary>
public static class SharedData
{
    /// <summary>Why a test is skipped.</summary>
    public static string Absent(string fileName) => $"The data set ../shared/data/{fileName} is not on this machine.";

    /// <summary>The file's path; null where there is none, and the test that wants it is to be skipped with <see cref="Absent"/>.</summary>
    public static string? Find(string fileName)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MtlPlatform.sln")))
                return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data", fileName)) is var path && File.Exists(path) ? path : null;
        }

        return null;
    }
}
