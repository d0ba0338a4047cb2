using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mtl.Learning.Vectors;

/// <summary>8 doubles in a Vector512.</summary>
internal readonly unsafe struct DoubleLanes8(Vector512<double> value) : IDoubleLanes<DoubleLanes8>
{
    private readonly Vector512<double> value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 All(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Load(double* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator +(DoubleLanes8 a, DoubleLanes8 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator -(DoubleLanes8 a, DoubleLanes8 b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator *(DoubleLanes8 a, DoubleLanes8 b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator /(DoubleLanes8 a, DoubleLanes8 b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 MultiplyAdd(DoubleLanes8 a, DoubleLanes8 b, DoubleLanes8 c) => new(Vector512.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Max(DoubleLanes8 a, DoubleLanes8 b) => new(Vector512.Max(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 PowerOfTwo(DoubleLanes8 bits) => new(((bits.value.AsInt64() << 52) + Vector512.Create(1.0).AsInt64()).AsDouble());

    public static DoubleLanes8 Log(DoubleLanes8 value) => new(Vector512.Create(Math.Log(value.value[0]), Math.Log(value.value[1]), Math.Log(value.value[2]), Math.Log(value.value[3]), Math.Log(value.value[4]), Math.Log(value.value[5]), Math.Log(value.value[6]), Math.Log(value.value[7])));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 WhereLess(DoubleLanes8 a, DoubleLanes8 b, DoubleLanes8 yes, DoubleLanes8 no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a.value, b.value), yes.value, no.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum() => Vector512.Sum(value);
}
