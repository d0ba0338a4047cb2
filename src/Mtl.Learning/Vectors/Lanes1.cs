using System.Runtime.CompilerServices;

namespace Mtl.Learning.Vectors;

/// <summary>One lane: the scalar tail.</summary>
internal readonly struct Lanes1(float value) : ILanes<Lanes1>
{
    private readonly float value = value;

    public static int Count => 1;

    public static Lanes1 All(float value) => new(value);

    public static Lanes1 Load(ref readonly float source, int at) => new(Unsafe.Add(ref Unsafe.AsRef(in source), at));

    public void Store(ref float target, int at) => Unsafe.Add(ref target, at) = value;

    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a.value + b.value);

    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a.value - b.value);

    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a.value * b.value);

    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a.value / b.value);

    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(a.value, b.value, c.value));

    public static Lanes1 Sqrt(Lanes1 value) => new(MathF.Sqrt(value.value));

    public static Lanes1 Min(Lanes1 a, Lanes1 b) => new(MathF.Min(a.value, b.value));

    public static Lanes1 Max(Lanes1 a, Lanes1 b) => new(MathF.Max(a.value, b.value));

    public static Lanes1 FlushSubnormals(Lanes1 value) => MathF.Abs(value.value) < Lanes.SmallestNormal ? default : value;

    public float Sum() => value;
}
