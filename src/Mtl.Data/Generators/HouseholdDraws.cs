using Mtl.Core.Random;

namespace Mtl.Data.Generators;

/// <summary>One household's random numbers, drawn in order.</summary>
internal sealed class HouseholdDraws(CounterRandom random)
{
    private ulong next;

    internal double Uniform() => random.Double(2 * next++);

    internal double Normal() => random.Normal(next++);

    internal double Between(double low, double high) => low + ((high - low) * Uniform());

    internal T Pick<T>(T[] choices, Func<T, double> share)
    {
        var place = Uniform() * choices.Sum(share);
        return Array.Find(choices, choice => (place -= share(choice)) < 0) ?? choices[^1];
    }
}
