namespace Mtl.Learning.Vectors;

/// <summary>Several doubles at once, as wide as a machine's register. Rows of numbers are padded to a multiple of every width, so there is no scalar tail.</summary>
internal unsafe interface IDoubleLanes<TSelf>
    where TSelf : struct, IDoubleLanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf All(double value);

    static abstract TSelf Load(double* source);

    void Store(double* target);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>2ⁿ, −1022 ≤ n ≤ 1023, of the integer n in the lowest bits.</summary>
    static abstract TSelf PowerOfTwo(TSelf bits);

    static abstract TSelf Log(TSelf value);

    /// <summary>Lane by lane: <paramref name="yes"/> where a &lt; b, else <paramref name="no"/>.</summary>
    static abstract TSelf WhereLess(TSelf a, TSelf b, TSelf yes, TSelf no);

    /// <summary>The sum of the lanes.</summary>
    double Sum();
}

/// <summary>A computation written once over lanes of any width.</summary>
internal interface IDoubleKernel
{
    void Run<TLanes>()
        where TLanes : struct, IDoubleLanes<TLanes>;
}

/// <summary>Runs a kernel in the machine's widest registers.</summary>
internal static class DoubleLanes
{
    /// <summary>Doubles of the widest register: what a padded row's length is a multiple of.</summary>
    public const int Widest = 8;

    public static void Run<TKernel>(TKernel kernel)
        where TKernel : struct, IDoubleKernel
    {
        if (System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated)
            kernel.Run<DoubleLanes8>();
        else
            kernel.Run<DoubleLanes4>();
    }
}
