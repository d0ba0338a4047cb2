namespace Orleans.Runtime;

/// <summary>The observer that was called is gone: its reference was deleted or its object collected.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(string message) : base(message)
    {
    }
}
