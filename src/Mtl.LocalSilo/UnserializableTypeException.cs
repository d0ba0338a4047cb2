using System.Diagnostics.CodeAnalysis;

namespace Mtl.LocalSilo;

/// <summary>A value of this type can't travel in a grain call.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Only the silo makes it.")]
public sealed class UnserializableTypeException : Exception
{
    internal UnserializableTypeException(string message) : base(message)
    {
    }
}
