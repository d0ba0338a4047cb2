using System.Numerics;
using System.Text;

namespace Mtl.Core.Random;

/// <summary>
/// Random numbers without a state: each is a pure function of (seed, stream, index), so a computation that is taken up again in the middle draws the same numbers.
/// The words are Philox4x32-10 with the seed as key and (block, stream) as counter; word i is word i mod 4 of block ⌊i/4⌋.
/// Words, uniform numbers, bounded integers and permutations are the same on every platform; normal numbers up to the platform's logarithm and cosine.
/// </summary>
/// <param name="Seed">The user's seed.</param>
/// <param name="Stream">Tells the uses of one seed apart; made from a purpose's name and any number of forks.</param>
public readonly record struct CounterRandom(ulong Seed, ulong Stream)
{
    private const float FloatUnit = 1f / (1 << 24);
    private const double DoubleUnit = 1.0 / (1UL << 53);

    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">What the numbers are for (<c>"split"</c>, <c>"dropout"</c>); other purposes give independent numbers.</param>
    public CounterRandom(ulong seed, string purpose)
        : this(seed, Hash(purpose))
    {
    }

    /// <summary>An independent stream for a part of the purpose: an epoch, a step, a layer. Forks of forks are told apart by order.</summary>
    public CounterRandom Fork(ulong part) => this with { Stream = Mix(Stream + (0x9E3779B97F4A7C15 * (part + 1))) };

    /// <summary>An independent stream for a named part of the purpose.</summary>
    public CounterRandom Fork(string part) => Fork(Hash(part));

    /// <summary>Word <paramref name="index"/>: uniform over all 32-bit numbers.</summary>
    public uint UInt(ulong index)
    {
        var (w0, w1, w2, w3) = Block(index >> 2);
        return (index & 3) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
    }

    /// <summary>Words 2·index and 2·index + 1 as one number: uniform over all 64-bit numbers.</summary>
    public ulong ULong(ulong index)
    {
        var (w0, w1, w2, w3) = Block(index >> 1);
        return (index & 1) == 0 ? w0 | ((ulong)w1 << 32) : w2 | ((ulong)w3 << 32);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻²⁴: the upper 24 bits of word <paramref name="index"/>.</summary>
    public float Float(ulong index) => (UInt(index) >> 8) * FloatUnit;

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double Double(ulong index) => (ULong(index) >> 11) * DoubleUnit;

    /// <summary>Standard normal, by Box and Muller: √(−2 ln(1 − u))·cos 2πv with u, v the uniform doubles 2·index and 2·index + 1.</summary>
    public double Normal(ulong index)
    {
        var (w0, w1, w2, w3) = Block(index);
        var u = ((w0 | ((ulong)w1 << 32)) >> 11) * DoubleUnit;
        var v = ((w2 | ((ulong)w3 << 32)) >> 11) * DoubleUnit;
        return Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * v);
    }

    /// <summary>
    /// Uniform over 0 … <paramref name="bound"/> − 1 without bias: the upper half of word · bound, where words whose lower half is below 2³² mod bound are passed over
    /// (Lemire, "Fast random integer generation in an interval", 2019). The words are those of block <paramref name="index"/>, then of forks of this stream.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Below(int bound, ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var rejected = (uint)(-bound) % (uint)bound;
        var source = this;
        for (ulong attempt = 0; ; attempt++)
        {
            var (w0, w1, w2, w3) = source.Block(index);
            foreach (var word in (ReadOnlySpan<uint>)[w0, w1, w2, w3])
            {
                var product = (ulong)word * (uint)bound;
                if ((uint)product >= rejected)
                    return (int)(product >> 32);
            }

            source = Fork(attempt);
        }
    }

    /// <summary>Words from that of index 4·<paramref name="block"/> on.</summary>
    public void FillWords(Span<uint> words, ulong block = 0) => Philox4x32.Fill(words, Seed, Stream, block);

    /// <summary>Uniform numbers in [<paramref name="low"/>, <paramref name="high"/>): low + (high − low)·<see cref="Float"/>(4·block + i).</summary>
    public void FillUniform(Span<float> values, float low = 0, float high = 1, ulong block = 0)
    {
        var scale = (high - low) * FloatUnit;
        Span<uint> words = stackalloc uint[256];
        for (; !values.IsEmpty; block += 64)
        {
            var count = Math.Min(words.Length, values.Length);
            FillWords(words[..count], block);
            for (var i = 0; i < count; i++)
                values[i] = low + (scale * (int)(words[i] >> 8));
            values = values[count..];
        }
    }

    /// <summary>Normal numbers: mean + deviation·<see cref="Normal"/>(start + i).</summary>
    public void FillNormal(Span<float> values, float mean = 0, float deviation = 1, ulong start = 0)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(mean + (deviation * Normal(start + (ulong)i)));
    }

    /// <summary>
    /// A dropout mask: <paramref name="kept"/> where the 32-bit word of the index, as a fraction of 2³², is below <paramref name="probability"/>, else 0.
    /// </summary>
    /// <param name="mask">Filled.</param>
    /// <param name="probability">Chance to keep; 0 to 1.</param>
    /// <param name="kept">The value of what is kept, 1/probability in inverted dropout.</param>
    /// <param name="block">The first block of words.</param>
    public void FillMask(Span<float> mask, double probability, float kept, ulong block = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        if (probability >= 1)
        {
            mask.Fill(kept);
            return;
        }

        var threshold = (uint)(probability * 4294967296.0);
        Span<uint> words = stackalloc uint[256];
        for (; !mask.IsEmpty; block += 64)
        {
            var count = Math.Min(words.Length, mask.Length);
            FillWords(words[..count], block);
            KeepBelow(words[..count], threshold, kept, mask);
            mask = mask[count..];
        }
    }

    /// <summary>0 … n − 1 in random order.</summary>
    public int[] Permutation(int n)
    {
        var order = new int[n];
        for (var i = 0; i < n; i++)
            order[i] = i;
        Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>Fisher and Yates: from the last place to the second, swap with a place at or before it.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1, (ulong)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Without a branch per word: a random one is mispredicted as often as not.</summary>
    private static void KeepBelow(ReadOnlySpan<uint> words, uint threshold, float kept, Span<float> mask)
    {
        var limit = new Vector<uint>(threshold);
        var value = new Vector<uint>(BitConverter.SingleToUInt32Bits(kept));
        var i = 0;
        for (; i <= words.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            Vector.AsVectorSingle(Vector.LessThan(new Vector<uint>(words[i..]), limit) & value).CopyTo(mask[i..]);
        for (; i < words.Length; i++)
            mask[i] = words[i] < threshold ? kept : 0;
    }

    private (uint W0, uint W1, uint W2, uint W3) Block(ulong block) =>
        Philox4x32.Block((uint)block, (uint)(block >> 32), (uint)Stream, (uint)(Stream >> 32), (uint)Seed, (uint)(Seed >> 32));

    /// <summary>FNV-1a over UTF-8, mixed.</summary>
    private static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ unit) * 0x100000001B3;
        return Mix(hash);
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood, 2014): a bijection of 64-bit numbers.</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
