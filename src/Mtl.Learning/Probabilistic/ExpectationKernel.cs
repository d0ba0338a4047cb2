using Mtl.Learning.Unsupervised;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Probabilistic;

/// <summary>The expectation step on one block of rows: log densities and responsibilities into the scratch.</summary>
internal readonly unsafe struct ExpectationKernel(MixtureTerms terms, double* block, MixtureScratch scratch) : IDoubleKernel
{
    public void Run<TLanes>()
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        var columns = terms.Columns;
        fixed (double* means = terms.Means, factors = terms.Factors, offsets = terms.Offsets)
        {
            if (terms.Form == CovarianceForm.Tied)
                Whiten<TLanes>(factors);
            for (var k = 0; k < terms.Components; k++)
            {
                var target = scratch.Responsibilities + (k * PointBlocks.Rows);
                switch (terms.Form)
                {
                    case CovarianceForm.Full:
                        Subtract<TLanes>(means + (k * columns));
                        Triangular<TLanes>(factors + (k * columns * columns), terms.Constants[k], target);
                        break;
                    case CovarianceForm.Tied:
                        Shifted<TLanes>(offsets + (k * columns), terms.Constants[k], target);
                        break;
                    default:
                        Scaled<TLanes>(factors + (k * columns), offsets + (k * columns), terms.Constants[k], target);
                        break;
                }
            }
        }

        Normalise<TLanes>();
    }

    /// <summary>Differences = x − μ.</summary>
    private void Subtract<TLanes>(double* mean)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        for (var column = 0; column < terms.Columns; column++)
        {
            var x = block + (column * PointBlocks.Rows);
            var target = scratch.Differences + (column * PointBlocks.Rows);
            var m = TLanes.All(mean[column]);
            for (var row = 0; row < PointBlocks.Rows; row += TLanes.Count)
                (TLanes.Load(x + row) - m).Store(target + row);
        }
    }

    /// <summary>target = constant − ½‖L⁻¹·differences‖²: two rows of L⁻¹ and three registers of rows at a time.</summary>
    private void Triangular<TLanes>(double* factor, double constant, double* target)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        var columns = terms.Columns;
        for (var row = 0; row < PointBlocks.Rows; row += 3 * TLanes.Count)
        {
            var (sum0, sum1, sum2) = (TLanes.All(0), TLanes.All(0), TLanes.All(0));
            var differences = scratch.Differences + row;
            for (var j = 0; j < columns; j += 2)
            {
                var upper = factor + (j * columns);
                var lower = upper + columns;
                var (a0, a1, a2) = (TLanes.All(0), TLanes.All(0), TLanes.All(0));
                if (j + 1 == columns)
                {
                    for (var i = 0; i <= j; i++)
                    {
                        var x = differences + (i * PointBlocks.Rows);
                        var p = TLanes.All(upper[i]);
                        a0 = TLanes.MultiplyAdd(p, TLanes.Load(x), a0);
                        a1 = TLanes.MultiplyAdd(p, TLanes.Load(x + TLanes.Count), a1);
                        a2 = TLanes.MultiplyAdd(p, TLanes.Load(x + (2 * TLanes.Count)), a2);
                    }
                }
                else
                {
                    var (b0, b1, b2) = (TLanes.All(0), TLanes.All(0), TLanes.All(0));
                    var x = differences;
                    TLanes x0, x1, x2, q;
                    for (var i = 0; i <= j; i++, x += PointBlocks.Rows)
                    {
                        (x0, x1, x2) = (TLanes.Load(x), TLanes.Load(x + TLanes.Count), TLanes.Load(x + (2 * TLanes.Count)));
                        q = TLanes.All(upper[i]);
                        a0 = TLanes.MultiplyAdd(q, x0, a0);
                        a1 = TLanes.MultiplyAdd(q, x1, a1);
                        a2 = TLanes.MultiplyAdd(q, x2, a2);
                        q = TLanes.All(lower[i]);
                        b0 = TLanes.MultiplyAdd(q, x0, b0);
                        b1 = TLanes.MultiplyAdd(q, x1, b1);
                        b2 = TLanes.MultiplyAdd(q, x2, b2);
                    }

                    q = TLanes.All(lower[j + 1]);
                    b0 = TLanes.MultiplyAdd(q, TLanes.Load(x), b0);
                    b1 = TLanes.MultiplyAdd(q, TLanes.Load(x + TLanes.Count), b1);
                    b2 = TLanes.MultiplyAdd(q, TLanes.Load(x + (2 * TLanes.Count)), b2);
                    sum0 = TLanes.MultiplyAdd(b0, b0, sum0);
                    sum1 = TLanes.MultiplyAdd(b1, b1, sum1);
                    sum2 = TLanes.MultiplyAdd(b2, b2, sum2);
                }

                sum0 = TLanes.MultiplyAdd(a0, a0, sum0);
                sum1 = TLanes.MultiplyAdd(a1, a1, sum1);
                sum2 = TLanes.MultiplyAdd(a2, a2, sum2);
            }

            var (half, start) = (TLanes.All(-0.5), TLanes.All(constant));
            TLanes.MultiplyAdd(half, sum0, start).Store(target + row);
            TLanes.MultiplyAdd(half, sum1, start).Store(target + row + TLanes.Count);
            TLanes.MultiplyAdd(half, sum2, start).Store(target + row + (2 * TLanes.Count));
        }
    }

    /// <summary>Differences = L⁻¹·x.</summary>
    private void Whiten<TLanes>(double* factor)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        for (var j = 0; j < terms.Columns; j++)
        {
            for (var row = 0; row < PointBlocks.Rows; row += TLanes.Count)
            {
                var sum = TLanes.All(0);
                for (var i = 0; i <= j; i++)
                    sum = TLanes.MultiplyAdd(TLanes.All(factor[(j * terms.Columns) + i]), TLanes.Load(block + (i * PointBlocks.Rows) + row), sum);
                sum.Store(scratch.Differences + (j * PointBlocks.Rows) + row);
            }
        }
    }

    /// <summary>target = constant − ½‖differences − offset‖².</summary>
    private void Shifted<TLanes>(double* offset, double constant, double* target)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        for (var row = 0; row < PointBlocks.Rows; row += 2 * TLanes.Count)
        {
            var (sum, other) = (TLanes.All(0), TLanes.All(0));
            var x = scratch.Differences + row;
            for (var i = 0; i < terms.Columns; i++, x += PointBlocks.Rows)
            {
                var mean = TLanes.All(offset[i]);
                var (a, b) = (TLanes.Load(x) - mean, TLanes.Load(x + TLanes.Count) - mean);
                sum = TLanes.MultiplyAdd(a, a, sum);
                other = TLanes.MultiplyAdd(b, b, other);
            }

            TLanes.MultiplyAdd(TLanes.All(-0.5), sum, TLanes.All(constant)).Store(target + row);
            TLanes.MultiplyAdd(TLanes.All(-0.5), other, TLanes.All(constant)).Store(target + row + TLanes.Count);
        }
    }

    /// <summary>target = constant − ½‖x·scale − offset‖².</summary>
    private void Scaled<TLanes>(double* scale, double* offset, double constant, double* target)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        for (var row = 0; row < PointBlocks.Rows; row += 2 * TLanes.Count)
        {
            var (sum, other) = (TLanes.All(0), TLanes.All(0));
            var x = block + row;
            for (var i = 0; i < terms.Columns; i++, x += PointBlocks.Rows)
            {
                var (s, m) = (TLanes.All(scale[i]), TLanes.All(-offset[i]));
                var (a, b) = (TLanes.MultiplyAdd(TLanes.Load(x), s, m), TLanes.MultiplyAdd(TLanes.Load(x + TLanes.Count), s, m));
                sum = TLanes.MultiplyAdd(a, a, sum);
                other = TLanes.MultiplyAdd(b, b, other);
            }

            TLanes.MultiplyAdd(TLanes.All(-0.5), sum, TLanes.All(constant)).Store(target + row);
            TLanes.MultiplyAdd(TLanes.All(-0.5), other, TLanes.All(constant)).Store(target + row + TLanes.Count);
        }
    }

    /// <summary>log p(x) = log Σ_k exp(…) without overflow, and r_k = exp(… − log p(x)).</summary>
    private void Normalise<TLanes>()
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        var responsibilities = scratch.Responsibilities;
        for (var row = 0; row < PointBlocks.Rows; row += TLanes.Count)
        {
            var highest = TLanes.Load(responsibilities + row);
            for (var k = 1; k < terms.Components; k++)
                highest = TLanes.Max(highest, TLanes.Load(responsibilities + (k * PointBlocks.Rows) + row));
            var sum = TLanes.All(0);
            for (var k = 0; k < terms.Components; k++)
            {
                var at = responsibilities + (k * PointBlocks.Rows) + row;
                var density = Exponential.Of(TLanes.Load(at) - highest);
                density.Store(at);
                sum += density;
            }

            (highest + TLanes.Log(sum)).Store(scratch.LogDensity + row);
            var share = TLanes.All(1) / sum;
            for (var k = 0; k < terms.Components; k++)
            {
                var at = responsibilities + (k * PointBlocks.Rows) + row;
                (TLanes.Load(at) * share).Store(at);
            }
        }
    }
}
