using Mtl.LocalSilo.Calls;
using Mtl.LocalSilo.Hosting;
using Mtl.LocalSilo.Streams;

namespace Mtl.LocalSilo.Types;

/// <summary>
/// One of the return types that a grain method may have: turns the awaited response into what the caller gets, and what the grain returned
/// into its value.
/// </summary>
internal abstract class ReturnShape
{
    /// <summary>The type of the value within the task (of a stream: of its elements); null if there is none.</summary>
    public virtual Type? ValueType => null;

    /// <summary>Whether elements are streamed.</summary>
    public virtual bool IsStream => false;

    /// <summary>The shape of a return type; null if grain methods may not return it.</summary>
    public static ReturnShape? For(Type type) => type switch
    {
        _ when type == typeof(void) => new Nothing(),
        _ when type == typeof(Task) => new PlainTask(),
        _ when type == typeof(ValueTask) => new PlainValueTask(),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Task<>) => Make(typeof(TaskOf<>), type),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ValueTask<>) => Make(typeof(ValueTaskOf<>), type),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) => Make(typeof(StreamOf<>), type),
        _ => null,
    };

    /// <summary>What the caller of the reference gets for the response to come.</summary>
    public virtual object? Promise(Task<object?> response) => throw NotFor(nameof(Promise));

    /// <summary>The value that the grain's method came to.</summary>
    public virtual ValueTask<object?> ValueAsync(object? returned) => throw NotFor(nameof(ValueAsync));

    /// <summary>The stream that starts when it is read.</summary>
    public virtual object Stream(Silo silo, CallAddress address, GrainMethod method, object?[] arguments) => throw NotFor(nameof(Stream));

    private static ReturnShape Make(Type shape, Type type) => (ReturnShape)Activator.CreateInstance(shape.MakeGenericType(type.GetGenericArguments()))!;

    private sealed class Nothing : ReturnShape
    {
        public override object? Promise(Task<object?> response) => null;

        public override ValueTask<object?> ValueAsync(object? returned) => default;
    }

    private sealed class PlainTask : ReturnShape
    {
        public override object Promise(Task<object?> response) => response;

        public override async ValueTask<object?> ValueAsync(object? returned)
        {
            await (Task)returned!;
            return null;
        }
    }

    private sealed class PlainValueTask : ReturnShape
    {
        public override object Promise(Task<object?> response) => new ValueTask(response);

        public override async ValueTask<object?> ValueAsync(object? returned)
        {
            await (ValueTask)returned!;
            return null;
        }
    }

    private sealed class TaskOf<T> : ReturnShape
    {
        public override Type ValueType => typeof(T);

        public override object Promise(Task<object?> response) => Typed<T>(response);

        public override async ValueTask<object?> ValueAsync(object? returned) => await (Task<T>)returned!;
    }

    private sealed class ValueTaskOf<T> : ReturnShape
    {
        public override Type ValueType => typeof(T);

        public override object Promise(Task<object?> response) => new ValueTask<T>(Typed<T>(response));

        public override async ValueTask<object?> ValueAsync(object? returned) => await (ValueTask<T>)returned!;
    }

    private sealed class StreamOf<T> : ReturnShape
    {
        public override Type ValueType => typeof(T);

        public override bool IsStream => true;

        public override object Stream(Silo silo, CallAddress address, GrainMethod method, object?[] arguments) =>
            new GrainStream<T>(silo, address, method, arguments);
    }

    private NotSupportedException NotFor(string step) => new($"{step} does not apply to {GetType().Name}.");

    private static async Task<T> Typed<T>(Task<object?> response) => (T)(await response.ConfigureAwait(false))!;
}
