using Mtl.Core;

namespace Mtl.Application.Tracking;

/// <summary>Keeps what a caller may not know of from showing by the words of its refusal.</summary>
internal static class RefusalWords
{
    /// <summary>The refusal; of a thing that is hidden, what is said of one that is not there.</summary>
    public static Error Or(this Error refusal, Error notThere) => refusal.Kind == ErrorKind.NotFound ? notThere : refusal;
}
