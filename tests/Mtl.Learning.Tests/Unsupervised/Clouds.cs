using Mtl.Core.Random;
using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Tests.Unsupervised;

/// <summary>Points that are known to come from several Gaussians.</summary>
internal static class Clouds
{
    /// <summary>Correlated clouds at a distance of <paramref name="spread"/> or more, in turn: row n is of cloud n mod <paramref name="clouds"/>.</summary>
    public static Points Of(int rows, int columns, int clouds, double spread, ulong seed)
    {
        var random = new CounterRandom(seed, "clouds");
        var values = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var cloud = row % clouds;
            for (var column = 0; column < columns; column++)
            {
                var centre = spread * (cloud * (column + 1) % clouds);
                var noise = random.Normal((ulong)((row * columns) + column));
                var before = column > 0 ? values[(row * columns) + column - 1] * 0.1 : 0;
                values[(row * columns) + column] = centre + before + (noise * (1 + (0.3 * cloud)));
            }
        }

        return new Points(values, columns);
    }

    /// <summary>The rows as arrays, for oracles.</summary>
    public static double[][] ToRows(this Points points) => [.. Enumerable.Range(0, points.Rows).Select(row => points[row].ToArray())];
}
