using System.Numerics.Tensors;

namespace Mtl.Learning.Classical.Linear;

/// <summary>Some rows' features in double precision, [rows, features], row-major.</summary>
internal sealed class DesignMatrix(double[] values, int rows, int features)
{
    public int Rows => rows;

    public int Features => features;

    public ReadOnlySpan<double> this[int row] => values.AsSpan(row * features, features);

    public double[] Values => values;

    /// <param name="table">[any, features].</param>
    /// <param name="features">Features of the table.</param>
    /// <param name="rows">The rows wanted.</param>
    /// <param name="withConstant">Adds a last feature that is 1.</param>
    public static DesignMatrix Of(float[] table, int features, ReadOnlySpan<int> rows, bool withConstant = false)
    {
        var width = features + (withConstant ? 1 : 0);
        var values = new double[checked(rows.Length * width)];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < features; j++)
                values[i * width + j] = table[(long)rows[i] * features + j];
            if (withConstant)
                values[i * width + features] = 1;
        }

        return new DesignMatrix(values, rows.Length, width);
    }

    public double[] Means()
    {
        var means = new double[features];
        for (var row = 0; row < rows; row++)
            TensorPrimitives.Add(means, this[row], means);
        TensorPrimitives.Divide(means, Math.Max(1, rows), means);
        return means;
    }
}
