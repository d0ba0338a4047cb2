using System.Reflection;
using System.Reflection.Emit;
using Mtl.LocalSilo.Copying;
using Mtl.LocalSilo.Tests.Hosting;
using Mtl.LocalSilo.Types;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Mtl.LocalSilo.Tests.Rules;

public sealed class GrainRulesTests
{
    private const string MethodAlias = "has no [Alias], or several. Give it one, so that it can be renamed while old and new versions run side by side";

    public static TheoryData<Type, string[]> Interfaces => new()
    {
        { typeof(IGood), [] },
        { typeof(INoAlias), ["Mtl.LocalSilo.Tests.Rules.GrainRulesTests+INoAlias has no [Alias], or several. Give it one, so that it can be renamed or moved", $"INoAlias.Go {MethodAlias}"] },
        { typeof(ISync), ["ISync.Count returns Int32. Allowed are Task, Task<T>, ValueTask, ValueTask<T> and IAsyncEnumerable<T>"] },
        { typeof(IVoid), ["IVoid.Go returns void, which only methods of observers may. Return Task; with [OneWay] nobody waits for it"] },
        { typeof(IVoidObserver), [] },
        { typeof(IStreamingObserver), ["IStreamingObserver.Go streams, which only grains do. Observers return Task, ValueTask or void"] },
        { typeof(IGenericMethod), ["IGenericMethod.Go is generic. Use concrete types"] },
        { typeof(IRef), ["IRef.Go has a ref, in or out parameter. Return a value instead"] },
        { typeof(ITwoTokens), ["ITwoTokens.Go has several CancellationToken parameters. One is allowed"] },
        { typeof(IOneWayValue), ["IOneWayValue.Go is [OneWay] and returns Task<Int32>. Nobody waits for its value: return Task or ValueTask"] },
        { typeof(IProperty), ["IProperty.Name is a property or an event. Grain interfaces have methods only"] },
        { typeof(ISameAlias), ["Mtl.LocalSilo.Tests.Rules.GrainRulesTests+ISameAlias has several methods with the alias \"go\". Give each its own"] },
        { typeof(IGeneric<int>), [$"{typeof(IGeneric<int>).FullName} is generic. Grain interfaces are not"] },
        { typeof(IBadMessage), ["IBadMessage.Go: StringBuilder has no [GenerateSerializer]. " + SerializedMembers.Advice] },
    };

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void An_interface_that_breaks_a_rule_is_refused_with_the_reason(Type type, string[] problems) =>
        GrainRules.ProblemsOf(type, new CopierTable(trustImmutable: true)).ShouldBe(problems);

    [Fact]
    public void Grain_classes_have_to_implement_an_interface_and_be_told_apart()
    {
        GrainRules.ProblemsOfClasses([typeof(Lonely)]).ShouldBe([
            "Mtl.LocalSilo.Tests.Rules.GrainRulesTests+Lonely implements no grain interface. Let it implement one that extends IGrainWithStringKey",
        ]);
        GrainRules.ProblemsOfClasses([typeof(SameGrain), typeof(Same)]).ShouldBe([
            "Mtl.LocalSilo.Tests.Rules.GrainRulesTests+SameGrain and Mtl.LocalSilo.Tests.Rules.GrainRulesTests+Same would share the name 'same' in grain ids. Rename one",
        ]);
        GrainRules.ProblemsOfClasses([typeof(StreamingWorker)]).ShouldBe([
            "IStreaming.Go streams out of the stateless worker StreamingWorker, whose activations can't be told apart. Return a list",
        ]);
    }

    [Fact]
    public void Interfaces_may_not_share_an_alias() =>
        GrainRules.SharedAliases([typeof(IGood), typeof(IGoodToo)]).ShouldBe([
            "Mtl.LocalSilo.Tests.Rules.GrainRulesTests+IGood and Mtl.LocalSilo.Tests.Rules.GrainRulesTests+IGoodToo share the alias \"tests.good\". Give each its own",
        ]);

    [Fact]
    public async Task A_silo_over_grains_that_break_rules_does_not_start()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("BadGrains"), AssemblyBuilderAccess.RunAndCollect);
        assembly.DefineDynamicModule("BadGrains").DefineType("LonelyGrain", TypeAttributes.Public, typeof(Grain)).CreateType();

        var refusal = await Should.ThrowAsync<OrleansConfigurationException>(TestSilo.StartAsync(options => options.GrainAssemblies.Add(assembly)));

        refusal.Message.ShouldBe(
            $"The silo can't host these grains:{Environment.NewLine}- LonelyGrain implements no grain interface. Let it implement one that extends IGrainWithStringKey");
    }

    [Fact]
    public async Task A_silo_without_grains_or_with_impossible_times_does_not_start()
    {
        (await Refusal(options => options.GrainAssemblies.Clear())).ShouldStartWith("GrainAssemblies is empty. Add the assembly that holds the grain classes: ");
        (await Refusal(options =>
        {
            options.GrainAssemblies.Clear();
            options.GrainAssemblies.Add(typeof(string).Assembly);
        })).ShouldEndWith("- there are none in System.Private.CoreLib. Name the assemblies that hold grain classes");
        (await Refusal(options => options.ResponseTimeout = TimeSpan.Zero)).ShouldBe("ResponseTimeout is 00:00:00; allowed is any time above zero.");
        (await Refusal(options => options.CollectionAge = TimeSpan.FromSeconds(30))).ShouldBe(
            "CollectionAge is 00:00:30; allowed is more than CollectionQuantum (00:01:00). Raise the one or lower the other.");
    }

    [Fact]
    public async Task An_interface_without_a_class_is_refused_when_it_is_asked_for()
    {
        await using var silo = await TestSilo.StartAsync();

        Should.Throw<ArgumentException>(() => silo.Grains.GetGrain<IGood>("a")).Message.ShouldStartWith(
            "No grain class implements Mtl.LocalSilo.Tests.Rules.GrainRulesTests+IGood. Add the assembly that holds one to LocalSiloOptions.GrainAssemblies.");
    }

    private static async Task<string> Refusal(Action<LocalSiloOptions> options) =>
        (await Should.ThrowAsync<OrleansConfigurationException>(TestSilo.StartAsync(options))).Message;

    [Alias("tests.good")]
    public interface IGood : IGrainWithStringKey
    {
        [Alias("go")]
        Task<List<int>> Go(string text, CancellationToken cancellationToken);
    }

    [Alias("tests.good")]
    public interface IGoodToo : IGrainWithStringKey;

    public interface INoAlias : IGrainWithStringKey
    {
        Task Go();
    }

    [Alias("tests.sync")]
    public interface ISync : IGrainWithStringKey
    {
        [Alias("count")]
        int Count();
    }

    [Alias("tests.void")]
    public interface IVoid : IGrainWithStringKey
    {
        [Alias("go")]
        void Go();
    }

    [Alias("tests.void-observer")]
    public interface IVoidObserver : IGrainObserver
    {
        [Alias("go")]
        void Go();
    }

    [Alias("tests.streaming-observer")]
    public interface IStreamingObserver : IGrainObserver
    {
        [Alias("go")]
        IAsyncEnumerable<int> Go();
    }

    [Alias("tests.generic-method")]
    public interface IGenericMethod : IGrainWithStringKey
    {
        [Alias("go")]
        Task Go<T>(T value);
    }

    [Alias("tests.ref")]
    public interface IRef : IGrainWithStringKey
    {
        [Alias("go")]
        Task Go(ref int value);
    }

    [Alias("tests.two-tokens")]
    public interface ITwoTokens : IGrainWithStringKey
    {
        [Alias("go")]
        Task Go(CancellationToken first, CancellationToken second);
    }

    [Alias("tests.one-way-value")]
    public interface IOneWayValue : IGrainWithStringKey
    {
        [Alias("go")]
        [OneWay]
        Task<int> Go();
    }

    [Alias("tests.property")]
    public interface IProperty : IGrainWithStringKey
    {
        string Name { get; }
    }

    [Alias("tests.same-alias")]
    public interface ISameAlias : IGrainWithStringKey
    {
        [Alias("go")]
        Task Go();

        [Alias("go")]
        Task GoAgain();
    }

    [Alias("tests.generic")]
    public interface IGeneric<T> : IGrainWithStringKey;

    [Alias("tests.bad-message")]
    public interface IBadMessage : IGrainWithStringKey
    {
        [Alias("go")]
        Task<IReadOnlyList<System.Text.StringBuilder>> Go();
    }

    [Alias("tests.streaming")]
    public interface IStreaming : IGrainWithStringKey
    {
        [Alias("go")]
        IAsyncEnumerable<int> Go();
    }

    public abstract class Lonely : Grain;

    public abstract class SameGrain : Grain, IGood
    {
        public abstract Task<List<int>> Go(string text, CancellationToken cancellationToken);
    }

    public abstract class Same : Grain, IGood
    {
        public abstract Task<List<int>> Go(string text, CancellationToken cancellationToken);
    }

    [StatelessWorker]
    public abstract class StreamingWorker : Grain, IStreaming
    {
        public abstract IAsyncEnumerable<int> Go();
    }
}
