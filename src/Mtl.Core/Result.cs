using System.Diagnostics.CodeAnalysis;

namespace Mtl.Core;

/// <summary>What every <see cref="Result{T}"/> can be asked without knowing its value.</summary>
public interface IOutcome
{
    bool IsSuccess { get; }
}

/// <summary>A value, or the <see cref="Core.Error"/> that kept it from being made. Exceptions are left to bugs and broken infrastructure.</summary>
public readonly record struct Result<T> : IOutcome
{
    private readonly T? value;

    private Result(T? value, Error? error) => (this.value, Error) = (value, error);

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The result is an error; the message is the error's.</exception>
    public T Value => Error is null ? value! : throw new InvalidOperationException(Error.ToString());

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);

    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => Error is null ? next(value!) : Error;

    public Result<TNext> Map<TNext>(Func<T, TNext> map) => Error is null ? map(value!) : Error;

    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure) => Error is null ? success(value!) : failure(Error);
}

/// <summary>Makes results of values whose type is an interface, which C# does not convert by itself.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value) => value;
}
