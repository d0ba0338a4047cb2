using System.Numerics;
using System.Runtime.InteropServices;
using Mtl.Core.Random;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Gradient sign dropout: each element keeps the tasks' gradients of one sign only, the positive ones with the probability P = ½(1 + Σgₜ/Σ|gₜ|), else the negative ones; of the others the share
/// <c>leak</c> passes. Elements where all gradients are 0 stay 0, and without conflict in an element it is the sum. On gradients of parameters, as in TorchJD, where the paper and LibMTL take those of
/// representations times the activations' signs. No combination by coefficients: they are reported as 1.
/// Source: Chen et al., "Just Pick a Sign: Optimizing Deep Multitask Models with Gradient Sign Dropout", NeurIPS 2020.
/// </summary>
public sealed class GradDrop : GradientBalancer
{
    private const int Block = 1024;

    private readonly float leak;
    private readonly CounterRandom random;
    private readonly float[] coefficients;
    private readonly uint[] words = new uint[Block];

    public GradDrop(GradDropOptions options, int tasks, ulong seed)
    {
        leak = (float)options.Leak;
        random = new CounterRandom(seed, "graddrop");
        Array.Fill(coefficients = new float[tasks], 1);
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override IReadOnlyList<NamedTensor> State => [];

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        var draws = random.Fork((ulong)step.Step);
        Span<float> positive = stackalloc float[Block];
        Span<float> negative = stackalloc float[Block];
        for (var at = 0; at < combined.Length; at += Block)
        {
            var size = Math.Min(Block, combined.Length - at);
            draws.FillWords(words, (ulong)(at / 4));
            positive.Clear();
            negative.Clear();
            for (var task = 0; task < step.Gradients.Tasks; task++)
                if (step.Present[task])
                    AddBySign(step.Gradients.Row(task).Slice(at, size), positive, negative);
            Pick(positive, negative, combined.Slice(at, size));
        }
    }

    private static void AddBySign(ReadOnlySpan<float> row, Span<float> positive, Span<float> negative)
    {
        var at = 0;
        var above = MemoryMarshal.Cast<float, Vector<float>>(positive);
        var below = MemoryMarshal.Cast<float, Vector<float>>(negative);
        var whole = MemoryMarshal.Cast<float, Vector<float>>(row);
        for (; at < whole.Length; at++)
        {
            above[at] += Vector.Max(whole[at], Vector<float>.Zero);
            below[at] += Vector.Min(whole[at], Vector<float>.Zero);
        }

        for (var i = at * Vector<float>.Count; i < row.Length; i++)
        {
            positive[i] += Math.Max(row[i], 0);
            negative[i] += Math.Min(row[i], 0);
        }
    }

    private void Pick(ReadOnlySpan<float> positive, ReadOnlySpan<float> negative, Span<float> combined)
    {
        const float Unit = 1f / (1 << 24);
        var above = MemoryMarshal.Cast<float, Vector<float>>(positive);
        var below = MemoryMarshal.Cast<float, Vector<float>>(negative);
        var draws = MemoryMarshal.Cast<uint, Vector<uint>>(words);
        var picked = MemoryMarshal.Cast<float, Vector<float>>(combined);
        var at = 0;
        for (; at < picked.Length; at++)
        {
            var uniform = Vector.ConvertToSingle(Vector.AsVectorInt32(draws[at] >> 8)) * Unit;
            var kept = Vector.ConditionalSelect(Vector.GreaterThan(above[at], uniform * (above[at] - below[at])), above[at], below[at]);
            picked[at] = kept * (1 - leak) + (above[at] + below[at]) * leak;
        }

        for (var i = at * Vector<float>.Count; i < combined.Length; i++)
        {
            var uniform = (words[i] >> 8) * Unit;
            var kept = positive[i] > uniform * (positive[i] - negative[i]) ? positive[i] : negative[i];
            combined[i] = kept * (1 - leak) + (positive[i] + negative[i]) * leak;
        }
    }
}
