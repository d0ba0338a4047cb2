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
    public static Error Invalid(string message, string advice = "", string field = "") => new(ErrorKind.Invalid, message, advice, field);

    public static Error NotFound(string message, string advice = "") => new(ErrorKind.NotFound, message, advice);

    public static Error Conflict(string message, string advice = "") => new(ErrorKind.Conflict, message, advice);

    public static Error TooLarge(string message, string advice = "") => new(ErrorKind.TooLarge, message, advice);

    public static Error Unavailable(string message, string advice = "") => new(ErrorKind.Unavailable, message, advice);

    /// <summary>Message and advice as one text.</summary>
    public override string ToString() => Advice.Length == 0 ? Message : $"{Message} {Advice}";
}
