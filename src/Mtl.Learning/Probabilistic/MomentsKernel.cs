using Mtl.Learning.Unsupervised;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Probabilistic;

/// <summary>Adds a block's moments about the terms' means, weighted by the responsibilities in the scratch.</summary>
internal readonly unsafe struct MomentsKernel(MixtureTerms terms, double* block, MixtureScratch scratch, MixtureMoments moments) : IDoubleKernel
{
    public void Run<TLanes>()
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        for (var k = 0; k < terms.Components; k++)
        {
            var responsibility = scratch.Responsibilities + (k * PointBlocks.Rows);
            moments.Mass[k] += Sum<TLanes>(responsibility);
            FirstAndDiagonal<TLanes>(k, responsibility);
            if (terms.Form == CovarianceForm.Full)
                Matrix<TLanes>(moments.Second(k));
        }
    }

    private static double Sum<TLanes>(double* values)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        var sum = TLanes.All(0);
        for (var row = 0; row < PointBlocks.Rows; row += TLanes.Count)
            sum += TLanes.Load(values + row);
        return sum.Sum();
    }

    /// <summary>Σr(x − m); for diagonal forms Σr(x − m)², for full ones the factors of the matrix product.</summary>
    private void FirstAndDiagonal<TLanes>(int k, double* responsibility)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        var first = moments.First(k);
        var second = moments.Second(k);
        var full = terms.Form == CovarianceForm.Full;
        var diagonal = terms.Form is CovarianceForm.Diagonal or CovarianceForm.Spherical;
        for (var column = 0; column < terms.Columns; column++)
        {
            var at = column * PointBlocks.Rows;
            var x = block + at;
            var differences = scratch.Differences + at;
            var weighted = scratch.Weighted + at;
            var mean = TLanes.All(terms.Means[(k * terms.Columns) + column]);
            var (sum, squares) = (TLanes.All(0), TLanes.All(0));
            for (var row = 0; row < PointBlocks.Rows; row += TLanes.Count)
            {
                var difference = TLanes.Load(x + row) - mean;
                var product = TLanes.Load(responsibility + row) * difference;
                sum += product;
                if (full)
                {
                    difference.Store(differences + row);
                    product.Store(weighted + row);
                }
                else if (diagonal)
                {
                    squares = TLanes.MultiplyAdd(product, difference, squares);
                }
            }

            first[column] += sum.Sum();
            if (diagonal)
                second[column] += squares.Sum();
        }
    }

    /// <summary>Weighted · differencesᵀ, in tiles of 2 × 4 down to the diagonal.</summary>
    private void Matrix<TLanes>(Span<double> second)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        var stride = moments.Stride;
        for (var i = 0; i < terms.Columns; i += 2)
        {
            for (var j = 0; j <= i + 1; j += 4)
            {
                var w = scratch.Weighted + (i * PointBlocks.Rows);
                var x = scratch.Differences + (j * PointBlocks.Rows);
                var (a0, a1, a2, a3) = (TLanes.All(0), TLanes.All(0), TLanes.All(0), TLanes.All(0));
                var (b0, b1, b2, b3) = (a0, a0, a0, a0);
                for (var row = 0; row < PointBlocks.Rows; row += TLanes.Count)
                {
                    var (a, b) = (TLanes.Load(w + row), TLanes.Load(w + PointBlocks.Rows + row));
                    var c = TLanes.Load(x + row);
                    a0 = TLanes.MultiplyAdd(a, c, a0);
                    b0 = TLanes.MultiplyAdd(b, c, b0);
                    c = TLanes.Load(x + PointBlocks.Rows + row);
                    a1 = TLanes.MultiplyAdd(a, c, a1);
                    b1 = TLanes.MultiplyAdd(b, c, b1);
                    c = TLanes.Load(x + (2 * PointBlocks.Rows) + row);
                    a2 = TLanes.MultiplyAdd(a, c, a2);
                    b2 = TLanes.MultiplyAdd(b, c, b2);
                    c = TLanes.Load(x + (3 * PointBlocks.Rows) + row);
                    a3 = TLanes.MultiplyAdd(a, c, a3);
                    b3 = TLanes.MultiplyAdd(b, c, b3);
                }

                var upper = second.Slice((i * stride) + j, 4);
                upper[0] += a0.Sum();
                upper[1] += a1.Sum();
                upper[2] += a2.Sum();
                upper[3] += a3.Sum();
                var lower = second.Slice(((i + 1) * stride) + j, 4);
                lower[0] += b0.Sum();
                lower[1] += b1.Sum();
                lower[2] += b2.Sum();
                lower[3] += b3.Sum();
            }
        }
    }
}
