using System.Text;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Grains.Tests.Hosting;

namespace Mtl.Application.Tests.Datasets;

/// <summary>Tables as a person brings them.</summary>
public sealed class DatasetServiceTests
{
    [Fact]
    public async Task An_uploaded_table_is_stored_read_and_profiled()
    {
        await using var application = await Application.StartAsync();

        var dataset = (await application.Datasets.UploadAsync("C:\\tables\\pets.csv", Content("name,legs\ncat,4\nhen,2\n"))).Value;

        (dataset.Name, dataset.Rows, dataset.Columns, dataset.IsOwned).ShouldBe(("pets.csv", 2, 2, true));
        dataset.Path.ShouldBe(Path.Combine(application.DatasetsFolder, $"{dataset.Id}.csv"));
        dataset.Bytes.ShouldBe(new FileInfo(dataset.Path).Length);
        (await application.Datasets.GetAsync(dataset.Id)).Value.ShouldBe(dataset);
        var profile = (await application.Datasets.ProfileAsync(dataset.Id)).Value;
        profile.Columns.Select(column => column.Name).ShouldBe(["name", "legs"]);
        (await application.Datasets.ProfileAsync(dataset.Id)).Value.ShouldBeSameAs(profile);
    }

    [Theory]
    [InlineData("empty.csv", "", ErrorKind.Invalid, "The file 'empty.csv' is empty.")]
    [InlineData("header.csv", "a,b\n", ErrorKind.Invalid, "The file 'header.csv' holds a header of 2 columns and no rows.")]
    [InlineData("twice.csv", "a,a\n1,2\n", ErrorKind.Invalid, "The header of 'twice.csv' names the column 'a' more than once (columns 1, 2).")]
    [InlineData("book.xlsx", "PK\u0003\u0004more", ErrorKind.Invalid, "The file 'book.xlsx' is a ZIP archive or an Excel workbook; a CSV file in UTF-8 or a Parquet file is expected.")]
    [InlineData("ragged.csv", "a,b\n1,2\n3\n", ErrorKind.Invalid, null)]
    [InlineData("bell\u0007.csv", "a,b\n1,2\n", ErrorKind.Invalid, "The uploaded file's name must have 1 to 255 characters and no control characters.")]
    [InlineData("", "a,b\n1,2\n", ErrorKind.Invalid, "The uploaded file has no name.")]
    public async Task A_file_that_is_no_table_is_refused_and_nothing_of_it_stays(string name, string content, ErrorKind kind, string? message)
    {
        await using var application = await Application.StartAsync();

        var error = (await application.Datasets.UploadAsync(name, Content(content))).Error!;

        error.Kind.ShouldBe(kind);
        if (message is not null)
            error.Message.ShouldBe(message);
        await ShouldBeEmptyAsync(application);
    }

    [Fact]
    public async Task An_upload_is_bounded_however_long_it_goes_on()
    {
        await using var application = await Application.StartAsync(maximumUploadBytes: 3 << 20);

        var error = (await application.Datasets.UploadAsync("endless.csv", new Endless())).Error!;

        error.Kind.ShouldBe(ErrorKind.TooLarge);
        error.ToString().ShouldBe("The file is larger than 3 MiB, the most that is accepted. Put the file on the server and give its path instead.");
        await ShouldBeEmptyAsync(application);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await using var application = await Application.StartAsync();
        using var cancellation = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(application.Datasets.UploadAsync("broken.csv", new Endless(cancellation), cancellation.Token));

        await ShouldBeEmptyAsync(application);
    }

    [Fact]
    public async Task A_name_never_leads_out_of_the_folder()
    {
        await using var application = await Application.StartAsync();

        var dataset = (await application.Datasets.UploadAsync("../../etc/pass.wd", Content("a,b\n1,2\n"))).Value;

        Path.GetDirectoryName(dataset.Path).ShouldBe(application.DatasetsFolder);
        dataset.Name.ShouldBe("pass.wd");
    }

    [Fact]
    public async Task A_path_on_the_server_is_registered_once()
    {
        await using var application = await Application.StartAsync();
        var path = application.Platform.Table;

        var dataset = (await application.Datasets.AddPathAsync(path)).Value;

        (dataset.Path, dataset.Rows, dataset.IsOwned).ShouldBe((path, 240, false));
        (await application.Datasets.AddPathAsync(path)).Value.Id.ShouldBe(dataset.Id);
        (await application.Datasets.RemoveAsync(dataset.Id)).Value.ShouldBe(dataset.Id);
        File.Exists(path).ShouldBeTrue();
        (await application.Datasets.ProfileAsync(dataset.Id)).Error!.Message.ShouldBe($"There is no dataset '{dataset.Id}'.");
    }

    [Fact]
    public async Task Paths_that_cannot_be_are_refused()
    {
        await using var application = await Application.StartAsync();
        var gone = Path.Combine(application.DatasetsFolder, "gone.csv");

        (await application.Datasets.AddPathAsync("data/adult.csv")).Error!.ToString().ShouldBe("'data/adult.csv' is not an absolute path. Give the file's whole path on the server.");
        (await application.Datasets.AddPathAsync(gone)).Error!.ToString().ShouldBe($"There is no file '{gone}' on the server. Check the path, or upload the file.");
        (await application.Datasets.AddPathAsync(application.DatasetsFolder)).Error!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task A_dataset_that_an_experiment_uses_stays()
    {
        await using var application = await Application.StartAsync();
        var dataset = (await application.Datasets.AddPathAsync(application.Platform.Table)).Value;
        var definition = SmallTable.Definition("") with { Data = new DataDefinition { Dataset = dataset.Id } };
        (await application.Experiments.CreateAsync(definition)).IsSuccess.ShouldBeTrue();

        (await application.Datasets.RemoveAsync(dataset.Id)).Error!.ToString()
            .ShouldBe($"The dataset '{dataset.Name}' is used by the experiment '{definition.Name}'. Delete that experiment first.");
        (await application.Datasets.GetAsync(dataset.Id)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task An_uploaded_file_goes_with_its_dataset()
    {
        await using var application = await Application.StartAsync();
        var dataset = (await application.Datasets.UploadAsync("pets.csv", Content("name,legs\ncat,4\n"))).Value;

        await application.Datasets.RemoveAsync(dataset.Id);

        await ShouldBeEmptyAsync(application);
        (await application.Datasets.RemoveAsync(dataset.Id)).Error!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task Only_the_profiles_last_asked_for_are_kept()
    {
        await using var application = await Application.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 9; i++)
        {
            ids.Add((await application.Datasets.UploadAsync($"{i}.csv", Content($"name,legs\ncat,{i}\n"))).Value.Id);
            File.Delete(Path.Combine(application.DatasetsFolder, $"{ids[^1]}.csv"));
            (await application.Datasets.ProfileAsync(ids[0])).IsSuccess.ShouldBeTrue();
        }

        (await application.Datasets.ProfileAsync(ids[1])).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        (await application.Datasets.ProfileAsync(ids[2])).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_column_that_gives_labels_away_is_suspected()
    {
        await using var application = await Application.StartAsync();
        var rows = string.Concat(Enumerable.Range(0, 200).Select(row => $"{row * 7 % 50},{(row % 2 == 0 ? "yes" : "no")},{(row % 2 == 0 ? "paid" : "due")}\n"));
        var dataset = (await application.Datasets.UploadAsync("leak.csv", Content($"age,bought,invoice\n{rows}"))).Value;

        var leaks = (await application.Datasets.LeaksAsync(dataset.Id, [new TaskDefinition("bought", "bought", TaskKind.Binary)])).Value;

        leaks.Select(leak => (leak.Column, leak.Task)).ShouldContain(("invoice", "bought"));
        (await application.Datasets.LeaksAsync("gone", [])).Error!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task ShouldBeEmptyAsync(Application application)
    {
        (await application.Datasets.ListAsync()).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(application.DatasetsFolder).ShouldBeEmpty();
    }

    /// <summary>A table without an end; with a source, cancelled after the first part.</summary>
    private sealed class Endless(CancellationTokenSource? cancellation = null) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = offset; i < offset + count; i++)
                buffer[i] = i % 2 == 0 ? (byte)'a' : (byte)'\n';
            cancellation?.Cancel();
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
