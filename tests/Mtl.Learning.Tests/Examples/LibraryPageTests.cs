using Mtl.Core.Catalogue;
using Mtl.Data.Tables;
using Mtl.Data.Writing;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Tests.Training;

namespace Mtl.Learning.Tests.Examples;

/// <summary>Pages whose content comes from code say what the code says.</summary>
public sealed class LibraryPageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mtl-library-");

    [Fact]
    public void The_pages_example_trains_evaluates_exports_and_predicts()
    {
        var sample = Sample.Table(400);
        using (var file = File.Create(Path.Combine(folder.FullName, "houses.csv")))
            CsvWriter.Write(file, new Table([sample["area"], sample["rooms"], sample["colour"], sample["price"], sample["sold"]]));

        LibraryExample.Run(folder.FullName);

        new FileInfo(Path.Combine(folder.FullName, "houses.onnx")).Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void The_page_shows_the_code_that_runs()
    {
        string[] page = [.. File.ReadLines(Path.Combine(Root, "docs/library.md")).SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```")];
        string[] code = [.. File.ReadLines(Path.Combine(Root, "tests/Mtl.Learning.Tests/Examples/LibraryExample.cs")).SkipWhile(line => line.Trim() != "// page").Skip(1).TakeWhile(line => line.Trim() != "// end")];

        page.ShouldBe(code.Select(line => line.Length >= 8 ? line[8..] : line));
    }

    [Fact]
    public void The_page_of_methods_is_the_catalogue()
    {
        var page = Path.Combine(Root, "docs/methods.md");
        var catalogue = MethodsPage.Write(MethodCatalogue.Standard.Methods);
        if (Environment.GetEnvironmentVariable("MTL_WRITE_PAGES") == "1")
            File.WriteAllText(page, catalogue);

        File.ReadAllText(page).ReplaceLineEndings("\n").ShouldBe(catalogue, "Bring docs/methods.md up to date: ./mtl methods --markdown > docs/methods.md, or this test with MTL_WRITE_PAGES=1.");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private static string FindRoot(DirectoryInfo at) => File.Exists(Path.Combine(at.FullName, "MtlPlatform.sln")) ? at.FullName : FindRoot(at.Parent!);
}
