namespace Mtl.Core;

/// <summary>What kind of failure an <see cref="Error"/> is; transports map it to their status codes (HTTP 400, 404, 409, …).</summary>
public enum ErrorKind
{
    /// <summary>The input is wrong; sending it again cannot succeed.</summary>
    Invalid,

    /// <summary>What the input names does not exist.</summary>
    NotFound,

    /// <summary>The input is right, but not in the present state (a finished run cannot be paused).</summary>
    Conflict,

    /// <summary>The input is larger than what is accepted.</summary>
    TooLarge,

    /// <summary>The platform cannot do it now; trying again later may succeed.</summary>
    Unavailable,

    /// <summary>Nobody is signed in, or the credentials are wrong or have run out.</summary>
    Unauthenticated,

    /// <summary>Who asks may not do this.</summary>
    Forbidden,

    /// <summary>Too many requests in too short a time.</summary>
    TooMany,

    /// <summary>There is no room left to store it.</summary>
    Full,
}

/// <summary>
/// An expected failure, as a reader needs it: what failed with which value, what is allowed, what to do next.
/// </summary>
/// <param name="Kind">Decides the transport's status code.</param>
/// <param name="Message">Whole sentences for a person: what failed, the value received, what is allowed.</param>
/// <param name="Advice">What to do next; empty when the message already says it.</param>
/// <param name="Field">The input field at fault (<c>tasks[1].column</c>); empty when no single one is.</param>
public sealed record Error(ErrorKind Kind, string Message, string Advice = "", string Field = "")
{
    /// <summary>Of <see cref="ErrorKind.TooMany"/>: after so many whole seconds the same may succeed.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static Error Invalid(string message, string advice = "", string field = "") => new(ErrorKind.Invalid, message, advice, field);

    public static Error NotFound(string message, string advice = "") => new(ErrorKind.NotFound, message, advice);

    public static Error Conflict(string message, string advice = "") => new(ErrorKind.Conflict, message, advice);

    public static Error TooLarge(string message, string advice = "") => new(ErrorKind.TooLarge, message, advice);

    public static Error Unauthenticated(string message, string advice = "") => new(ErrorKind.Unauthenticated, message, advice);

    public static Error Forbidden(string message, string advice = "") => new(ErrorKind.Forbidden, message, advice);

    /// <param name="wait">Until the same may succeed; told in whole seconds, rounded up.</param>
    public static Error TooMany(string message, string advice, TimeSpan wait) => new(ErrorKind.TooMany, message, advice) { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) };

    public static Error Full(string message, string advice = "") => new(ErrorKind.Full, message, advice);

    public static Error Unavailable(string message, string advice = "") => new(ErrorKind.Unavailable, message, advice);

    /// <summary>Message and advice as one text.</summary>
    public override string ToString() => Advice.Length == 0 ? Message : $"{Message} {Advice}";
}
