using System.Globalization;
using System.Text;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;

namespace Mtl.EndToEnd.Tests.Tables;

/// <summary>
/// A made-up table of parcel deliveries: an identifier (<c>order_id</c>), numbers and categories with missing values, three tasks (<c>minutes</c>, <c>late</c>, <c>rating</c>), and a leak
/// (<c>late_fee</c> tells <c>late</c>).
/// </summary>
internal static class Deliveries
{
    public const string Identifier = "order_id";

    public const string Leak = "late_fee";

    private static readonly string[] Depots = ["north", "south", "harbour", "hill"];
    private static readonly string[] Weathers = ["dry", "rain", "snow"];

    public static IReadOnlyList<string> Inputs { get; } = ["distance_km", "weight_kg", "stops", "depot", "weather"];

    /// <summary>The same rows and seed give the same bytes.</summary>
    public static void WriteCsv(string path, int rows, int seed = 1)
    {
        var random = new Random(seed);
        var csv = new StringBuilder("order_id,distance_km,weight_kg,stops,depot,weather,late_fee,minutes,late,rating\n");
        for (var row = 0; row < rows; row++)
        {
            var (distance, weight, stops) = (1 + (29 * random.NextDouble()), 0.5 + (20 * random.NextDouble() * random.NextDouble()), random.Next(1, 12));
            var (depot, weather) = (random.Next(Depots.Length), random.Next(Weathers.Length));
            var minutes = 5 + (1.8 * distance * (1 + (0.25 * weather))) + (2.5 * stops) + (3 * depot) + (6 * (random.NextDouble() - 0.5));
            var isLate = minutes + (0.4 * weight) > 62;
            var rating = minutes < 40 ? "good" : minutes < 70 ? "fair" : "poor";
            csv.Append(CultureInfo.InvariantCulture, $"D-{100000 + row},{Or(random, 0.04, distance)},{weight:0.00},{stops},{(random.NextDouble() < 0.03 ? "" : Depots[depot])},{Weathers[weather]},")
                .Append(CultureInfo.InvariantCulture, $"{(isLate ? "7.50" : "0.00")},{Or(random, 0.05, minutes)},{(isLate ? "yes" : "no")},{rating}\n");
        }

        File.WriteAllText(path, csv.ToString());
    }

    /// <summary>Predicts the three tasks from <see cref="Inputs"/>, by a small network on one thread.</summary>
    public static ExperimentDefinition Definition(string name, string path, int epochs, bool baselines = false) => new(
        name,
        new DataDefinition { Path = path },
        [
            new TaskDefinition("minutes", "minutes", TaskKind.Regression),
            new TaskDefinition("late", "late", TaskKind.Binary) { Positive = "yes" },
            new TaskDefinition("rating", "rating", TaskKind.Multiclass),
        ])
    {
        Inputs = new InputsDefinition { Exclude = [Identifier, Leak] },
        Weighting = new Choice("dwa"),
        Training = new TrainingDefinition { Seed = 11, Epochs = epochs, BatchSize = 64, Patience = 0, Threads = 1, CheckpointSeconds = 1 },
        Baselines = baselines,
    };

    private static string Or(Random random, double missing, double value) => random.NextDouble() < missing ? "" : value.ToString("0.00", CultureInfo.InvariantCulture);
}
