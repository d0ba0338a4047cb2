using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Data.Writing;

namespace Mtl.Data.Generators;

/// <summary>
/// The sample experiment's table: 6,000 made-up households of an energy supplier, with three related tasks. Four traits of a household that no column shows (heat demand, activity, flexibility,
/// thrift) come out of the columns by saturating interactions, and every task is a mix of them with noise:
/// <list type="bullet">
/// <item><c>annual_kwh</c> (regression; 40 % missing): electricity used in a year, known where there is a smart meter;</item>
/// <item><c>heat_pump_interest</c> (binary, <c>yes</c> and <c>no</c>; 75 % missing, as few were asked);</item>
/// <item><c>tariff</c> (multiclass: <c>fixed</c>, <c>day-night</c>, <c>dynamic</c>; 70 % missing).</item>
/// </list>
/// As the tasks share the traits and have few labels, learning them together pays. <c>household_id</c> is an identifier; some inputs are missing.
/// </summary>
public static class SampleData
{
    /// <summary>Households.</summary>
    public const int RowCount = 6000;

    /// <summary>Writes the table as CSV; an existing file is replaced. The same seed gives the same bytes on one platform.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="seed">Of every random choice.</param>
    public static void WriteCsv(string path, ulong seed = 1)
    {
        using var stream = File.Create(path);
        CsvWriter.Write(stream, Generate(seed));
    }

    /// <summary>The table itself.</summary>
    public static Table Generate(ulong seed = 1)
    {
        var random = new CounterRandom(seed, "sample data");
        var households = Enumerable.Range(0, RowCount).Select(row => new Household(new HouseholdDraws(random.Fork((ulong)row)))).ToArray();
        return new Table(
        [
            Text("household_id", (_, row) => $"H-{100_000 + row}"),
            Text("region", (h, _) => h.Region.Name),
            Text("dwelling", (h, _) => h.Dwelling.Name),
            Number("building_year", h => h.BuildingYear, missing: 0.06),
            Number("floor_area_m2", h => h.FloorArea),
            Text("insulation", (h, _) => h.Insulation.Name, missing: 0.1),
            Text("heating", (h, _) => h.Heating.Name),
            Number("occupants", h => h.Occupants),
            Number("home_office_days", h => h.HomeOfficeDays, missing: 0.04),
            Number("income_keur", h => h.Income, missing: 0.14),
            Number("tenure_years", h => h.TenureYears),
            Number("solar_kw", h => h.SolarPower),
            Text("electric_car", (h, _) => h.HasElectricCar ? "yes" : "no"),
            Number("annual_kwh", h => h.AnnualKilowattHours, missing: 0.4),
            Text("heat_pump_interest", (h, _) => h.IsInterestedInHeatPump ? "yes" : "no", missing: 0.75),
            Text("tariff", (h, _) => h.Tariff, missing: 0.7),
        ]);

        NumericColumn Number(string name, Func<Household, double> value, double missing = 0) =>
            new(name, [.. households.Select((household, row) => IsMissing(name, row, missing) ? float.NaN : (float)value(household))]);

        TextColumn Text(string name, Func<Household, int, string> value, double missing = 0) =>
            TextColumn.Of(name, households.Select((household, row) => IsMissing(name, row, missing) ? null : value(household, row)));

        bool IsMissing(string name, int row, double share) => share > 0 && random.Fork(name).Double((ulong)row) < share;
    }
}
