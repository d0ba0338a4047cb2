using System.Reflection;
using Mtl.LocalSilo.Copying;
using Orleans;
using Orleans.Concurrency;

namespace Mtl.LocalSilo.Types;

/// <summary>What grain classes and interfaces have to keep to; each breach in a sentence that says what to do.</summary>
internal static class GrainRules
{
    private static readonly (Func<MethodInfo, bool> Breach, string Problem)[] _ofMethods =
    [
        (method => Aliases(method).Length != 1, "has no [Alias], or several. Give it one, so that it can be renamed while old and new versions run side by side"),
        (method => method.IsGenericMethodDefinition, "is generic. Use concrete types"),
        (method => method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef), "has a ref, in or out parameter. Return a value instead"),
        (method => method.GetParameters().Count(parameter => parameter.ParameterType == typeof(CancellationToken)) > 1,
            "has several CancellationToken parameters. One is allowed"),
        (method => ReturnShape.For(method.ReturnType) is null, "returns {0}. Allowed are Task, Task<T>, ValueTask, ValueTask<T> and IAsyncEnumerable<T>"),
        (method => method.ReturnType == typeof(void) && !typeof(IGrainObserver).IsAssignableFrom(method.DeclaringType),
            "returns void, which only methods of observers may. Return Task; with [OneWay] nobody waits for it"),
        (method => ReturnShape.For(method.ReturnType)?.IsStream == true && typeof(IGrainObserver).IsAssignableFrom(method.DeclaringType),
            "streams, which only grains do. Observers return Task, ValueTask or void"),
        (method => method.IsDefined(typeof(OneWayAttribute)) && ReturnShape.For(method.ReturnType)?.ValueType is not null,
            "is [OneWay] and returns {0}. Nobody waits for its value: return Task or ValueTask"),
    ];

    /// <summary>Whether references can be made by this interface.</summary>
    public static bool IsCallable(Type type) =>
        GrainClass.IsGrainInterface(type)
        || (type.IsInterface && typeof(IGrainObserver).IsAssignableFrom(type) && type.Assembly != typeof(IGrainObserver).Assembly);

    public static IEnumerable<string> ProblemsOfClasses(IReadOnlyList<Type> types)
    {
        foreach (var type in types.Where(type => type.IsGenericTypeDefinition)) yield return $"{type.FullName} is generic. Grain classes are not";
        foreach (var type in types.Where(type => !type.GetInterfaces().Any(GrainClass.IsGrainInterface)))
            yield return $"{type.FullName} implements no grain interface. Let it implement one that extends {nameof(IGrainWithStringKey)}";
        foreach (var same in types.Where(type => !type.IsGenericTypeDefinition).GroupBy(GrainClass.NameOf).Where(group => group.Count() > 1))
            yield return $"{string.Join(" and ", same.Select(type => type.FullName))} would share the name '{same.Key}' in grain ids. Rename one";
        foreach (var type in types.Where(type => type.IsDefined(typeof(StatelessWorkerAttribute), inherit: true)))
        {
            foreach (var method in type.GetInterfaces().Where(GrainClass.IsGrainInterface).SelectMany(GrainInterface.MethodsOf)
                .Where(method => ReturnShape.For(method.ReturnType)?.IsStream == true).Distinct())
            {
                yield return $"{Name(method)} streams out of the stateless worker {type.Name}, whose activations can't be told apart. Return a list";
            }
        }
    }

    public static IEnumerable<string> ProblemsOf(Type type, CopierTable copiers)
    {
        if (type.IsGenericTypeDefinition || type.IsGenericType)
        {
            yield return $"{type.FullName} is generic. Grain interfaces are not";
            yield break;
        }

        if (Aliases(type).Length != 1) yield return $"{type.FullName} has no [Alias], or several. Give it one, so that it can be renamed or moved";
        foreach (var member in type.GetMembers().Where(member => member is PropertyInfo or EventInfo))
            yield return $"{type.Name}.{member.Name} is a property or an event. Grain interfaces have methods only";

        var methods = type.GetMethods().Where(method => !method.IsSpecialName && !method.IsStatic).ToList();
        foreach (var same in methods.SelectMany(Aliases).GroupBy(alias => alias).Where(group => group.Count() > 1))
            yield return $"{type.FullName} has several methods with the alias \"{same.Key}\". Give each its own";
        foreach (var method in methods)
        {
            var breaches = _ofMethods.Where(rule => rule.Breach(method)).Select(rule => string.Format(null, rule.Problem, ReadableNames.Of(method.ReturnType))).ToList();
            foreach (var breach in breaches) yield return $"{Name(method)} {breach}";
            if (breaches.Count > 0) continue;
            foreach (var refusal in RefusalsOf(method, copiers)) yield return $"{Name(method)}: {refusal}";
        }
    }

    public static IEnumerable<string> SharedAliases(IReadOnlyList<Type> interfaces) =>
        from type in interfaces
        from alias in Aliases(type)
        group type by alias into same
        where same.Count() > 1
        select $"{string.Join(" and ", same.Select(type => type.FullName))} share the alias \"{same.Key}\". Give each its own";

    private static IEnumerable<string> RefusalsOf(MethodInfo method, CopierTable copiers) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Where(type => type != typeof(CancellationToken))
            .Concat(ReturnShape.For(method.ReturnType)?.ValueType is { } result ? [result] : Type.EmptyTypes)
            .Distinct().Select(copiers.RefusalOf).OfType<string>();

    private static string[] Aliases(MemberInfo member) => [.. member.GetCustomAttributes<AliasAttribute>(inherit: false).Select(attribute => attribute.Alias)];

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
