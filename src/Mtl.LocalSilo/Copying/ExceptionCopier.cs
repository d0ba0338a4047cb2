using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Copying;

/// <summary>
/// Exceptions on their way to the caller: type, message, inner exceptions and the stack of where they were thrown. What a class adds arrives
/// only if it has [GenerateSerializer] and ids or a converter, as in Orleans.
/// </summary>
internal static class ExceptionCopier
{
    /// <summary>The exception that the caller gets.</summary>
    public static Exception CopyOf(Exception original, CopierTable copiers)
    {
        var copy = original is AggregateException aggregate && original.GetType() == typeof(AggregateException)
            ? new AggregateException(MessageOf(original), aggregate.InnerExceptions.Select(inner => CopyOf(inner, copiers)))
            : copiers.HasConverter(original.GetType()) ? (Exception)copiers.For(original.GetType()).CopyObject(original, new CopyScope(copiers))!
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
        var isComplete = !original.GetType().IsDefined(typeof(GenerateSerializerAttribute), inherit: false) || TryCopyMembers(original, copy, copiers);
        return isComplete && CanBeRead(copy) ? copy : new OrleansException($"{original.GetType().FullName}: {original.Message}");
    }

    /// <summary>False if a member may not travel: the caller is to learn of the failure all the same.</summary>
    private static bool TryCopyMembers(Exception original, Exception copy, CopierTable copiers)
    {
        try
        {
            var scope = new CopyScope(copiers);
            foreach (var field in SerializedMembers.Of(original.GetType()).Sent)
                field.SetValue(copy, copiers.For(field.FieldType).CopyObject(field.GetValue(original), scope));
            return true;
        }
        catch (UnserializableTypeException)
        {
            return false;
        }
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
