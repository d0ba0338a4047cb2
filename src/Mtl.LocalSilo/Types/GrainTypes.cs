using System.Collections.Concurrent;
using System.Reflection;
using Mtl.LocalSilo.Copying;
using Orleans;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Types;

/// <summary>The grain classes and interfaces of the application, checked before anything runs.</summary>
internal sealed class GrainTypes
{
    private readonly ConcurrentDictionary<Type, GrainInterface> _interfaces = new();
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly ILookup<Type, GrainClass> _classesByInterface;
    private readonly CopierTable _copiers;

    private GrainTypes(IReadOnlyList<GrainClass> classes, CopierTable copiers)
    {
        _copiers = copiers;
        foreach (var grainClass in classes) _classes.Add(grainClass.GrainType, grainClass);
        _classesByInterface = classes.SelectMany(grainClass => grainClass.Interfaces, (grainClass, type) => (grainClass, type))
            .ToLookup(pair => pair.type, pair => pair.grainClass);
    }

    public int ClassCount => _classes.Count;

    /// <summary>Reads the assemblies; all that is wrong with them is said in one exception.</summary>
    public static GrainTypes Discover(IEnumerable<Assembly> assemblies, CopierTable copiers)
    {
        Type[] classTypes = [.. assemblies.SelectMany(assembly => assembly.GetTypes()).Where(GrainClass.IsGrainClass)];
        if (classTypes.Length == 0)
        {
            var names = string.Join(", ", assemblies.Select(assembly => assembly.GetName().Name));
            throw Refusal([$"there are none in {names}. Name the assemblies that hold grain classes"]);
        }

        var interfaces = Reachable(classTypes.SelectMany(type => type.GetInterfaces()));
        foreach (var converter in interfaces.Select(type => type.Assembly).Concat(assemblies).Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsDefined(typeof(RegisterConverterAttribute), inherit: false)))
        {
            copiers.AddConverter(converter);
        }

        var problems = GrainRules.ProblemsOfClasses(classTypes).Concat(interfaces.SelectMany(type => GrainRules.ProblemsOf(type, copiers)))
            .Concat(GrainRules.SharedAliases(interfaces)).ToList();
        if (problems.Count > 0) throw Refusal(problems);

        var found = new GrainTypes([.. classTypes.Select(type => new GrainClass(type))], copiers);
        foreach (var type in interfaces) found._interfaces[type] = new GrainInterface(type, copiers);
        return found;
    }

    public GrainClass ClassOf(GrainType type) => _classes.TryGetValue(type, out var grainClass)
        ? grainClass
        : throw new ArgumentException($"No grain class is named '{type}'. There are: {string.Join(", ", _classes.Keys)}.", nameof(type));

    /// <summary>The one class that implements a grain interface.</summary>
    public GrainClass ClassOf(Type interfaceType) => _classesByInterface[interfaceType].ToArray() switch
    {
        [var only] => only,
        [] => throw new ArgumentException(
            $"No grain class implements {interfaceType.FullName}. Add the assembly that holds one to {nameof(LocalSiloOptions)}.{nameof(LocalSiloOptions.GrainAssemblies)}.",
            nameof(interfaceType)),
        var several => throw new ArgumentException(
            $"{interfaceType.FullName} is implemented by {string.Join(" and ", several.Select(grainClass => grainClass.Type.FullName))}; allowed is one class. "
            + "Give each class an interface of its own.", nameof(interfaceType)),
    };

    /// <summary>The interface with its methods; one that wasn't found at the start (an observer's, say) is checked now.</summary>
    public GrainInterface InterfaceOf(Type type) => _interfaces.GetOrAdd(type, added =>
    {
        if (!GrainRules.IsCallable(added)) throw new ArgumentException($"{added.FullName} is no grain or observer interface.", nameof(type));
        var problems = GrainRules.ProblemsOf(added, _copiers).ToList();
        return problems.Count == 0 ? new GrainInterface(added, _copiers) : throw Refusal(problems);
    });

    /// <summary>The callable interfaces among these, and those whose references their methods take or return.</summary>
    private static Type[] Reachable(IEnumerable<Type> types)
    {
        HashSet<Type> found = [];
        var next = new Queue<Type>(types.Where(GrainRules.IsCallable));
        while (next.TryDequeue(out var type))
        {
            if (!found.Add(type)) continue;
            var used = type.GetMethods().SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
                .SelectMany(mentioned => mentioned.IsGenericType ? mentioned.GetGenericArguments() : [mentioned]);
            foreach (var reached in used.Concat(type.GetInterfaces()).Where(GrainRules.IsCallable)) next.Enqueue(reached);
        }

        return [.. found];
    }

    private static OrleansConfigurationException Refusal(List<string> problems) =>
        new($"The silo can't host these grains:{string.Concat(problems.Select(problem => $"{Environment.NewLine}- {problem}"))}");
}
