using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Copying;

/// <summary>
/// Exceptions on their way to the caller: type, message, inner exceptions and the stack of where they were thrown. What a class adds arrives
/// only if it has [GenerateSerializer] and ids, as in Orleans.
/// </summary>
internal static class ExceptionCopier
{
    /// <summary>The exception that the caller gets.</summary>
    public static Exception CopyOf(Exception original, CopierTable copiers)
    {
        var copy = original is AggregateException aggregate && original.GetType() == typeof(AggregateException)
            ? new AggregateException(MessageOf(original), aggregate.InnerExceptions.Select(inner => CopyOf(inner, copiers)))
            : Rebuild(original, copiers);
        if (original.StackTrace is { } stack) ExceptionDispatchInfo.SetRemoteStackTrace(copy, stack);
        return copy;
    }

    private static Exception Rebuild(Exception original, CopierTable copiers)
    {
        var copy = (Exception)RuntimeHelpers.GetUninitializedObject(original.GetType());
        MessageOf(copy) = original.Message;
        InnerOf(copy) = original.InnerException is { } inner ? CopyOf(inner, copiers) : null;
        (copy.HResult, copy.Source, copy.HelpLink) = (original.HResult, original.Source, original.HelpLink);
        if (original.GetType().IsDefined(typeof(GenerateSerializerAttribute), inherit: false)) CopyMembersOf(original, copy, copiers);
        return CanBeRead(copy) ? copy : new OrleansException($"{original.GetType().FullName}: {original.Message}");
    }

    private static void CopyMembersOf(Exception original, Exception copy, CopierTable copiers)
    {
        var scope = new CopyScope(copiers);
        foreach (var field in SerializedMembers.Of(original.GetType()).Sent)
            field.SetValue(copy, copiers.For(field.FieldType).CopyObject(field.GetValue(original), scope));
    }

    /// <summary>A class may compute its message from members that didn't travel.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Foreign code, about to be shown to a user.")]
    private static bool CanBeRead(Exception copy)
    {
        try
        {
            return copy.Message is not null;
        }
        catch (Exception)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerOf(Exception exception);
}

/// <summary>Exceptions as arguments, results and members.</summary>
internal sealed class ExceptionCopier<T>(CopierTable copiers) : Copier<T>
    where T : Exception
{
    public override T Copy(T value, CopyScope scope) => value is null ? null! : (T)ExceptionCopier.CopyOf(value, copiers);
}
