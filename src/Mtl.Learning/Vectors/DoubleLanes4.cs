using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mtl.Learning.Vectors;

/// <summary>4 doubles in a Vector256.</summary>
internal readonly unsafe struct DoubleLanes4(Vector256<double> value) : IDoubleLanes<DoubleLanes4>
{
    private readonly Vector256<double> value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 All(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Load(double* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator +(DoubleLanes4 a, DoubleLanes4 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator -(DoubleLanes4 a, DoubleLanes4 b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator *(DoubleLanes4 a, DoubleLanes4 b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator /(DoubleLanes4 a, DoubleLanes4 b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 MultiplyAdd(DoubleLanes4 a, DoubleLanes4 b, DoubleLanes4 c) => new(Vector256.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Max(DoubleLanes4 a, DoubleLanes4 b) => new(Vector256.Max(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 PowerOfTwo(DoubleLanes4 bits) => new(((bits.value.AsInt64() << 52) + Vector256.Create(1.0).AsInt64()).AsDouble());

    public static DoubleLanes4 Log(DoubleLanes4 value) => new(Vector256.Create(Math.Log(value.value[0]), Math.Log(value.value[1]), Math.Log(value.value[2]), Math.Log(value.value[3])));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 WhereLess(DoubleLanes4 a, DoubleLanes4 b, DoubleLanes4 yes, DoubleLanes4 no) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a.value, b.value), yes.value, no.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Sum() => Vector256.Sum(value);
}
