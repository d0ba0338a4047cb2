namespace Mtl.Data.Generators;

/// <summary>A household of <see cref="SampleData"/>: its columns, then its hidden traits, then its labels.</summary>
internal sealed class Household
{
    private static readonly (string Name, double HeatLoss)[] Insulations = [("A", -1.4), ("B", -1.0), ("C", -0.5), ("D", 0), ("E", 0.5), ("F", 1.0), ("G", 1.4)];

    private static readonly (string Name, double Share, double Cold, double Sun)[] Regions =
    [
        ("coast", 0.14, -0.4, 0.1), ("north plain", 0.16, 0.0, -0.3), ("lakes", 0.1, 0.3, -0.1), ("river valley", 0.18, -0.3, 0.2),
        ("hills", 0.12, 0.5, 0.1), ("mountains", 0.07, 1.3, 0.5), ("south", 0.13, -0.6, 0.9), ("capital", 0.1, -0.5, 0.0),
    ];

    private static readonly (string Name, double Share, double Area, double Solar)[] Dwellings =
        [("flat", 0.42, 68, 0.04), ("terraced house", 0.23, 105, 0.16), ("semi-detached house", 0.17, 124, 0.24), ("detached house", 0.18, 152, 0.34)];

    private static readonly (string Name, double Share, double Electric)[] Heatings =
        [("gas", 0.46, -0.5), ("oil", 0.16, -0.6), ("district", 0.18, -0.7), ("heat pump", 0.12, 0.9), ("electric", 0.08, 1.6)];

    internal Household(HouseholdDraws draws)
    {
        Region = draws.Pick(Regions, region => region.Share);
        Dwelling = draws.Pick(Dwellings, dwelling => dwelling.Share);
        BuildingYear = Math.Round(2022 - (105 * Math.Pow(draws.Uniform(), 1.6)));
        var age = (2022 - BuildingYear) / 105;
        FloorArea = Math.Round(Math.Clamp(Dwelling.Area * Math.Exp(0.25 * draws.Normal()), 24, 420));
        Insulation = Insulations[(int)Math.Clamp(Math.Round((6.5 * age) + (1.2 * draws.Normal())), 0, 6)];
        Heating = draws.Pick(Heatings, heating => heating.Name == "heat pump" ? heating.Share * (1.8 - (1.6 * age)) : heating.Share);
        Occupants = Math.Clamp(1 + Math.Floor(((FloorArea / 32) + draws.Normal()) * draws.Uniform()), 1, 7);
        Income = Math.Round(Math.Clamp(38 * Math.Exp((0.45 * draws.Normal()) + (0.12 * (Occupants - 1))), 9, 320), 1);
        HomeOfficeDays = Math.Floor(Math.Clamp((1.4 * draws.Normal()) + 1.1 + (Income / 50), 0, 5));
        TenureYears = Math.Round(30 * Math.Pow(draws.Uniform(), 2), 1);
        SolarPower = draws.Uniform() < Dwelling.Solar * (1 + (0.4 * Region.Sun)) ? Math.Round(draws.Between(2, 12), 1) : 0;
        HasElectricCar = draws.Uniform() < 0.05 + (0.25 * Math.Tanh(Income / 120)) + (SolarPower > 0 ? 0.15 : 0);

        var area = (FloorArea - 100) / 40;
        var income = Math.Log(Income / 42) / 0.5;
        var people = (Occupants - 2.3) / 1.3;
        var heat = Math.Tanh((0.8 * area) + (1.1 * Insulation.HeatLoss) + (0.9 * Region.Cold) + (0.9 * area * Insulation.HeatLoss));
        var activity = Math.Tanh((1.1 * people) + (0.5 * (HomeOfficeDays - 1.7)) - (0.9 * people * income));
        var flexibility = Math.Tanh((HasElectricCar ? 1.6 : -0.4) + (0.3 * SolarPower * (1 + Region.Sun)) - 0.4 + (0.9 * activity * income));
        var thrift = Math.Tanh((-1.1 * income) + (0.9 * heat * (1 - income)) - (0.06 * (TenureYears - 10)));

        AnnualKilowattHours = Math.Round(3300 * Math.Exp((0.3 * activity) + (0.4 * heat) + (0.25 * flexibility) - (0.25 * thrift) + (0.15 * Heating.Electric) + (0.22 * draws.Normal())));
        IsInterestedInHeatPump = (2.2 * heat) + (1.8 * flexibility) - (2 * thrift) + (0.8 * activity) - (Heating.Electric > 0 ? 1.5 : 0) + (0.8 * Logistic(draws)) > 0;
        Tariff = new[]
        {
            (Name: "fixed", Score: (1.2 * thrift) - (1.2 * flexibility) + 0.2),
            (Name: "day-night", Score: (1.8 * heat) + (1.2 * activity)),
            (Name: "dynamic", Score: (2.2 * flexibility) - (0.9 * thrift) - 0.2),
        }.MaxBy(tariff => (1.6 * tariff.Score) + Gumbel(draws)).Name;
    }

    internal (string Name, double Share, double Cold, double Sun) Region { get; }

    internal (string Name, double Share, double Area, double Solar) Dwelling { get; }

    internal double BuildingYear { get; }

    internal double FloorArea { get; }

    internal (string Name, double HeatLoss) Insulation { get; }

    internal (string Name, double Share, double Electric) Heating { get; }

    internal double Occupants { get; }

    internal double Income { get; }

    internal double HomeOfficeDays { get; }

    internal double TenureYears { get; }

    internal double SolarPower { get; }

    internal bool HasElectricCar { get; }

    internal double AnnualKilowattHours { get; }

    internal bool IsInterestedInHeatPump { get; }

    internal string Tariff { get; }

    private static double Logistic(HouseholdDraws draws) => Gumbel(draws) - Gumbel(draws);

    private static double Gumbel(HouseholdDraws draws) => -Math.Log(-Math.Log(draws.Uniform() + 1e-12) + 1e-12);
}
