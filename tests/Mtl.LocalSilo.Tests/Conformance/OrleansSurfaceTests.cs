using System.Reflection;
using Orleans;

namespace Mtl.LocalSilo.Tests.Conformance;

public sealed class OrleansSurfaceTests
{
    private const string Package = "microsoft.orleans.core.abstractions/10.4.2/lib/net10.0/Orleans.Core.Abstractions.dll";

    /// <summary>Types of Orleans.Serialization.Abstractions, an assembly that is not at hand here.</summary>
    private static readonly string[] _serializationTypes =
    [
        "Orleans.AliasAttribute", "Orleans.GenerateSerializerAttribute", "Orleans.IConverter`2", "Orleans.IdAttribute", "Orleans.ImmutableAttribute",
        "Orleans.RegisterConverterAttribute", "Orleans.ResponseTimeoutAttribute",
    ];

    [Fact]
    public void All_that_is_public_in_the_Orleans_namespaces_is_in_Orleans_with_the_same_signature()
    {
        var real = PublicSurface.Read(RealAssembly, IsOrleans);
        var differences =
            from type in PublicSurface.Read(typeof(Grain).Assembly.Location, IsOrleans)
            where !_serializationTypes.Contains(type.Key)
            from fact in type.Value
            where !real.TryGetValue(type.Key, out var facts) || !facts.Contains(fact)
            select $"{type.Key}: {fact}";

        differences.ShouldBeEmpty();
    }

    [Fact]
    public void The_comparison_sees_types_members_and_signatures()
    {
        var real = PublicSurface.Read(RealAssembly, IsOrleans);

        real.Count.ShouldBeGreaterThan(150);
        real["Orleans.Grain"].ShouldContain("modifiers Abstract");
        real["Orleans.Grain"].ShouldContain("method [Family] System.Void DelayDeactivation(System.TimeSpan timeSpan)");
        real["Orleans.Concurrency.ReadOnlyAttribute"].ShouldContain("base System.Attribute");
        real["Orleans.Runtime.GrainTimerCreationOptions"].ShouldContain("property required System.TimeSpan DueTime");
    }

    [Fact]
    public void The_types_that_cannot_be_compared_are_the_listed_ones()
    {
        var real = PublicSurface.Read(RealAssembly, IsOrleans);

        PublicSurface.Read(typeof(Grain).Assembly.Location, IsOrleans).Keys.Where(type => !real.ContainsKey(type)).Order()
            .ShouldBe(_serializationTypes.Order());
    }

    [Fact]
    public void What_is_public_elsewhere_is_in_the_silos_own_namespace() =>
        PublicSurface.Read(typeof(Grain).Assembly.Location, name => !IsOrleans(name)).Keys
            .ShouldAllBe(type => type.StartsWith("Mtl.LocalSilo.", StringComparison.Ordinal));

    private static string RealAssembly =>
        Path.Combine(typeof(OrleansSurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "NuGetPackageRoot").Value!, Package);

    private static bool IsOrleans(string name) => name == "Orleans" || name.StartsWith("Orleans.", StringComparison.Ordinal);
}
