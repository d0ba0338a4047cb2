using System.Reflection;
using Mtl.LocalSilo.Copying;
using Orleans;
using Orleans.Concurrency;

namespace Mtl.LocalSilo.Types;

/// <summary>A method of a grain or observer interface: how its arguments and result are copied and how its calls are admitted.</summary>
internal sealed class GrainMethod
{
    private readonly MethodInvoker _invoker;
    private readonly Copier?[] _parameters;

    public GrainMethod(MethodInfo method, CopierTable copiers)
    {
        Info = method;
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        _invoker = MethodInvoker.Create(method);
        var parameters = method.GetParameters();
        TokenIndex = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        _parameters = [.. parameters.Select((parameter, index) =>
            index == TokenIndex ? null : copiers.For(parameter.ParameterType, Trusted(copiers, parameter)))];
        Return = ReturnShape.For(method.ReturnType)!;
        Result = Return.ValueType is { } type ? copiers.For(type, Trusted(copiers, method.ReturnParameter)) : null;
        Interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        IsOneWay = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
    }

    public MethodInfo Info { get; }

    /// <summary>"IRunGrain.Start".</summary>
    public string Name { get; }

    /// <summary>The place of the cancellation token among the parameters; negative: there is none.</summary>
    public int TokenIndex { get; }

    public ReturnShape Return { get; }

    /// <summary>Copies the result (of a stream: each element); null if there is none.</summary>
    public Copier? Result { get; }

    public bool Interleaves { get; }

    public bool IsReadOnly { get; }

    public bool IsOneWay { get; }

    public TimeSpan? Timeout { get; }

    /// <summary>The arguments as the callee gets them.</summary>
    public object?[] Copy(object?[] arguments, CopierTable copiers)
    {
        var scope = new CopyScope(copiers);
        var copies = new object?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++) copies[i] = _parameters[i] is { } copier ? copier.CopyObject(arguments[i], scope) : arguments[i];
        return copies;
    }

    public object? Invoke(object target, object?[] arguments) => _invoker.Invoke(target, arguments.AsSpan());

    private static bool Trusted(CopierTable copiers, ParameterInfo parameter) =>
        copiers.TrustImmutable && parameter.IsDefined(typeof(ImmutableAttribute), inherit: false);
}
