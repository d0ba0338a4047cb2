using Mtl.Core;

namespace Mtl.Cli;

/// <summary>Ends a command with a message for the person and exit status 1.</summary>
public sealed class CommandFailedException(Error error) : Exception(error.ToString())
{
    public Error Error { get; } = error;
}
