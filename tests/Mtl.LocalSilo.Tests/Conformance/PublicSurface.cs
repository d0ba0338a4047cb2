using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Mtl.LocalSilo.Tests.Conformance;

/// <summary>
/// What an assembly shows to the code that uses it, read from its metadata alone (nothing is loaded or run): every visible type of the given
/// namespaces with one line per fact: kind, modifiers, base, interfaces, generic constraints, and each public or protected member with its signature.
/// </summary>
internal static class PublicSurface
{
    private static readonly SignatureNames _names = new();

    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Read(string assemblyPath, Func<string, bool> inNamespace)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var reader = file.GetMetadataReader();
        return reader.TypeDefinitions
            .Where(handle => IsVisible(reader, handle) && inNamespace(Namespace(reader, handle)))
            .ToDictionary(handle => _names.Name(reader, handle), handle => (IReadOnlySet<string>)Facts(reader, handle).ToHashSet());
    }

    private static IEnumerable<string> Facts(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        yield return "modifiers " + (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Interface));
        if (!type.BaseType.IsNil) yield return "base " + _names.Name(reader, type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations())
            yield return "implements " + _names.Name(reader, reader.GetInterfaceImplementation(implemented).Interface);
        if (Usage(reader, type) is { } usage) yield return "usage " + usage;
        foreach (var constraint in Constraints(reader, type.GetGenericParameters())) yield return constraint;
        foreach (var member in Methods(reader, type).Concat(Fields(reader, type)).Concat(Properties(reader, type))) yield return member;
    }

    private static IEnumerable<string> Methods(MetadataReader reader, TypeDefinition type)
    {
        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            if (!IsVisible(method.Attributes)) continue;
            var signature = method.DecodeSignature(_names, null);
            var modifiers = method.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.Static | MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.Final);
            var parameters = method.GetParameters().Select(reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0)
                .ToDictionary(parameter => parameter.SequenceNumber);
            var shown = signature.ParameterTypes.Select((name, index) => name + Parameter(reader, parameters, index + 1));
            yield return $"method [{modifiers}] {signature.ReturnType} {reader.GetString(method.Name)}({string.Join(", ", shown)})"
                + string.Concat(Constraints(reader, method.GetGenericParameters()).Select(constraint => " " + constraint));
        }
    }

    private static string Parameter(MetadataReader reader, Dictionary<int, Parameter> parameters, int number)
    {
        if (!parameters.TryGetValue(number, out var parameter)) return "";
        var value = parameter.GetDefaultValue();
        return $" {reader.GetString(parameter.Name)}" + (value.IsNil ? "" : " = " + Constant(reader, value));
    }

    private static IEnumerable<string> Fields(MetadataReader reader, TypeDefinition type) =>
        from field in type.GetFields().Select(reader.GetFieldDefinition)
        where (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem
        let modifiers = field.Attributes & (FieldAttributes.FieldAccessMask | FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.Literal)
        let value = field.GetDefaultValue()
        select $"field [{modifiers}] {field.DecodeSignature(_names, null)} {reader.GetString(field.Name)}" + (value.IsNil ? "" : " = " + Constant(reader, value));

    private static IEnumerable<string> Properties(MetadataReader reader, TypeDefinition type) =>
        from property in type.GetProperties().Select(reader.GetPropertyDefinition)
        let accessors = property.GetAccessors()
        where IsVisible(reader, accessors.Getter) || IsVisible(reader, accessors.Setter)
        let isRequired = Attributes(reader, property.GetCustomAttributes()).Any(attribute => attribute.Name.EndsWith(".RequiredMemberAttribute", StringComparison.Ordinal))
        select $"property {(isRequired ? "required " : "")}{property.DecodeSignature(_names, null).ReturnType} {reader.GetString(property.Name)}";

    /// <summary>The bytes of [AttributeUsage], which say where an attribute may stand.</summary>
    private static string? Usage(MetadataReader reader, TypeDefinition type) =>
        Attributes(reader, type.GetCustomAttributes()).Where(attribute => attribute.Name == "System.AttributeUsageAttribute")
            .Select(attribute => Convert.ToHexString(reader.GetBlobBytes(attribute.Attribute.Value))).SingleOrDefault();

    private static IEnumerable<(string Name, CustomAttribute Attribute)> Attributes(MetadataReader reader, CustomAttributeHandleCollection handles) =>
        from attribute in handles.Select(reader.GetCustomAttribute)
        let type = attribute.Constructor.Kind == HandleKind.MemberReference
            ? reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
            : reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()
        select (_names.Name(reader, type), attribute);

    private static IEnumerable<string> Constraints(MetadataReader reader, GenericParameterHandleCollection handles) =>
        from parameter in handles.Select(reader.GetGenericParameter)
        let constraints = parameter.GetConstraints().Select(handle => _names.Name(reader, reader.GetGenericParameterConstraint(handle).Type)).Order()
        select $"where {parameter.Index}: {parameter.Attributes} {string.Join(",", constraints)}";

    private static string Constant(MetadataReader reader, ConstantHandle handle)
    {
        var constant = reader.GetConstant(handle);
        return reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)?.ToString() ?? "null";
    }

    private static bool IsVisible(MetadataReader reader, MethodDefinitionHandle handle) => !handle.IsNil && IsVisible(reader.GetMethodDefinition(handle).Attributes);

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    private static string Namespace(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? Namespace(reader, outer) : reader.GetString(type.Namespace);
    }
}
