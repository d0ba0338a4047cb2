namespace Mtl.Learning.Vectors;

/// <summary>Several floats at once, as wide as a machine's register: a formula written once over lanes runs at every width, its scalar tail included.</summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf All(float value);

    static abstract TSelf Load(ref readonly float source, int at);

    void Store(ref float target, int at);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The smaller one of each lane; NaN where one is.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The greater one of each lane; NaN where one is.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>Zero in place of what is smaller than the smallest normal number: arithmetic on subnormals takes many times as long.</summary>
    static abstract TSelf FlushSubnormals(TSelf value);

    /// <summary>The sum of the lanes.</summary>
    float Sum();
}
