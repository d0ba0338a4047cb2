using System.Reflection;

namespace Mtl.Api.Tests.Operations;

/// <summary>An implementation of any interface that gives every call the same answer.</summary>
public class Answering : DispatchProxy
{
    private Func<MethodInfo, object?> answer = _ => null;

    public static T Of<T>(Func<MethodInfo, object?> answer)
        where T : class
    {
        var made = Create<T, Answering>();
        ((Answering)(object)made).answer = answer;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => answer(targetMethod!);
}
