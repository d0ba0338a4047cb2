namespace Mtl.LocalSilo.Types;

/// <summary>Type names as they are written in code: "List&lt;Sample&gt;".</summary>
internal static class ReadableNames
{
    public static string Of(Type type)
    {
        if (type.IsArray) return Of(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying) + "?";
        var name = type.DeclaringType is { } outer && !type.IsGenericParameter ? $"{outer.Name}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }
}
