namespace Orleans.Runtime;

/// <summary>A stream out of a grain has ended early: the grain was deactivated, or the consumer didn't read for too long.</summary>
public sealed class EnumerationAbortedException : Exception
{
    public EnumerationAbortedException()
    {
    }

    public EnumerationAbortedException(string message) : base(message)
    {
    }

    public EnumerationAbortedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
