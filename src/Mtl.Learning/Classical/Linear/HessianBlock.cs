using System.Numerics.Tensors;

namespace Mtl.Learning.Classical.Linear;

/// <summary>Sums of outer products of rows.</summary>
internal static class HessianBlock
{
    /// <summary>Adds weight · (x, 1)ᵀ(x, 1) with a free intercept, weight · (x, 0)ᵀ(x, 0) without.</summary>
    public static void Add(double[] hessian, ReadOnlySpan<double> x, double weight, bool isFree)
    {
        var d = x.Length;
        var stride = d + 1;
        for (var j = 0; j < d; j++)
        {
            if (x[j] == 0)
                continue;
            TensorPrimitives.MultiplyAdd(x, weight * x[j], hessian.AsSpan(j * stride, d), hessian.AsSpan(j * stride, d));
            if (isFree)
                hessian[j * stride + d] += weight * x[j];
        }

        if (!isFree)
            return;
        TensorPrimitives.MultiplyAdd(x, weight, hessian.AsSpan(d * stride, d), hessian.AsSpan(d * stride, d));
        hessian[d * stride + d] += weight;
    }
}
