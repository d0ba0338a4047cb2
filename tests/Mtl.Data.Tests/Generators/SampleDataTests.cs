using Mtl.Data.Generators;
using Mtl.Data.Reading;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Generators;

public sealed class SampleDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_seed_decides_every_byte()
    {
        byte[] Bytes(ulong seed)
        {
            SampleData.WriteCsv(folder.Path("sample.csv"), seed);
            return File.ReadAllBytes(folder.Path("sample.csv"));
        }

        Bytes(1).ShouldBe(Bytes(1));
        Bytes(1).ShouldNotBe(Bytes(2));
    }

    [Fact]
    public void The_file_reads_as_the_documented_columns()
    {
        SampleData.WriteCsv(folder.Path("sample.csv"));
        var table = TableReader.Read(folder.Path("sample.csv")).Value;

        table.RowCount.ShouldBe(SampleData.RowCount);
        table.Columns.Select(column => (column.Name, column.Type)).ShouldBe(
        [
            ("household_id", ColumnType.Text), ("region", ColumnType.Text), ("dwelling", ColumnType.Text), ("building_year", ColumnType.Number),
            ("floor_area_m2", ColumnType.Number), ("insulation", ColumnType.Text), ("heating", ColumnType.Text), ("occupants", ColumnType.Number),
            ("home_office_days", ColumnType.Number), ("income_keur", ColumnType.Number), ("tenure_years", ColumnType.Number), ("solar_kw", ColumnType.Number),
            ("electric_car", ColumnType.Text), ("annual_kwh", ColumnType.Number), ("heat_pump_interest", ColumnType.Text), ("tariff", ColumnType.Text),
        ]);
        MissingShare(table, "annual_kwh").ShouldBe(0.4, 0.03);
        MissingShare(table, "heat_pump_interest").ShouldBe(0.75, 0.03);
        MissingShare(table, "tariff").ShouldBe(0.7, 0.03);
        MissingShare(table, "income_keur").ShouldBe(0.14, 0.02);
    }

    [Fact]
    public void Every_label_is_common_enough_to_learn()
    {
        var table = SampleData.Generate();

        foreach (var task in (string[])["heat_pump_interest", "tariff"])
        {
            var counts = ((TextColumn)table[task]).Counts();
            counts.ShouldAllBe(count => count > 0.15 * counts.Sum(), task);
        }

        ((NumericColumn)table["annual_kwh"]).Values.Where(float.IsFinite).ShouldAllBe(kwh => kwh > 300 && kwh < 60_000);
    }

    private static double MissingShare(Table table, string name) => table[name].MissingCount / (double)table.RowCount;
}
