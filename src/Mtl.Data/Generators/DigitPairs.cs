using Mtl.Core;
using Mtl.Core.Random;
using Mtl.Data.Tables;

namespace Mtl.Data.Generators;

/// <summary>
/// Two handwritten digits that overlap on a canvas of 10 × 13, in the manner of MultiMNIST: one at the left, one 4 columns further right, each shifted by up to 2 rows and 1 column; where both
/// have ink it adds up, to 16 at most. Two tasks: <c>left</c> and <c>right</c>. The source images are divided first, so that none is on two sides of the <c>split</c> column (train, val, test).
/// Source: Sabour, Frosst and Hinton, "Dynamic Routing Between Capsules", 2017.
/// </summary>
public static class DigitPairs
{
    public const int Height = 10;

    public const int Width = 13;

    private const int Side = 8;
    private const int Ink = 16;
    private const int Distance = 4;
    private const double TestShare = 0.2;
    private const double ValidationShare = 0.1;

    /// <param name="digits">Images of 8 × 8: 64 columns of numbers from 0 to 16 row by row, and a column <c>digit</c>.</param>
    /// <param name="trainPairs">Rows of the training side.</param>
    /// <param name="validationPairs">Rows of the validation side.</param>
    /// <param name="testPairs">Rows of the test side.</param>
    /// <param name="seed">Of every random choice.</param>
    /// <returns>Pixels <c>p0000</c> (row, column) to <c>p0912</c>, <c>left</c>, <c>right</c> and <c>split</c>; or what is wrong with the table.</returns>
    public static Result<Table> Generate(Table digits, int trainPairs = 10_000, int validationPairs = 800, int testPairs = 1500, ulong seed = 1)
    {
        var images = digits.Columns.OfType<NumericColumn>().Where(column => column.Name != "digit").ToArray();
        var label = digits.Find("digit");
        if (!label.IsSuccess)
            return label.Error;
        if (images.Length != Side * Side || label.Value is not NumericColumn digit)
            return Error.Invalid($"The table of digits has {images.Length} columns of pixels; it needs {Side * Side} of numbers, and a column 'digit' of numbers.", "Use digits.csv.");

        var random = new CounterRandom(seed, "digit pairs");
        var sources = random.Fork("sources").Permutation(digits.RowCount);
        var (testCount, validationCount) = ((int)(TestShare * sources.Length), (int)(ValidationShare * sources.Length));
        (string Name, int Pairs, int[] Sources)[] sides =
        [
            ("train", trainPairs, sources[(testCount + validationCount)..]),
            ("val", validationPairs, sources[testCount..(testCount + validationCount)]),
            ("test", testPairs, sources[..testCount]),
        ];

        var rows = sides.Sum(side => side.Pairs);
        var pixels = Enumerable.Range(0, Height * Width).Select(_ => new float[rows]).ToArray();
        var (left, right, split) = (new float[rows], new float[rows], new string[rows]);
        var row = 0;
        foreach (var (name, pairs, own) in sides)
        {
            var draws = random.Fork(name);
            for (var pair = 0; pair < pairs; pair++, row++)
            {
                var one = draws.Fork((ulong)pair);
                var (first, second) = (own[one.Below(own.Length, 0)], own[one.Below(own.Length, 1)]);
                (left[row], right[row], split[row]) = (digit.Values[first], digit.Values[second], name);
                Draw(first, one.Below(3, 2), one.Below(2, 3));
                Draw(second, one.Below(3, 4), Distance + one.Below(2, 5));
            }
        }

        return new Table(
        [
            .. pixels.Select((values, place) => new NumericColumn($"p{place / Width:00}{place % Width:00}", values)),
            new NumericColumn("left", left),
            new NumericColumn("right", right),
            TextColumn.Of("split", split),
        ]);

        void Draw(int source, int top, int start)
        {
            for (var place = 0; place < Side * Side; place++)
            {
                var target = pixels[((top + (place / Side)) * Width) + start + (place % Side)];
                target[row] = Math.Min(Ink, target[row] + images[place].Values[source]);
            }
        }
    }
}
