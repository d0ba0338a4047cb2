using Mtl.Core;

namespace Mtl.Tracking;

/// <summary>A store could not do its work: it can't be reached, or it has no room. Nothing half done stays; sending the same again later may succeed.</summary>
/// <param name="error">What transports answer with.</param>
public sealed class StoreException(Error error, Exception? inner = null) : Exception(error.ToString(), inner)
{
    public Error Error { get; } = error;
}
