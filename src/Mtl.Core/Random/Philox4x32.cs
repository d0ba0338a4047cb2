using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mtl.Core.Random;

/// <summary>
/// Philox4x32-10: ten rounds that turn a 128-bit counter under a 64-bit key into four random 32-bit words. One round is
/// (c₀, c₁, c₂, c₃) → (hi(M₁c₂) ⊕ c₁ ⊕ k₀, lo(M₁c₂), hi(M₀c₀) ⊕ c₃ ⊕ k₁, lo(M₀c₀)), and after it k₀ += W₀, k₁ += W₁.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// </summary>
public static class Philox4x32
{
    private const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four words of one counter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint W0, uint W1, uint W2, uint W3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)M0 * c0;
            var p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += W0;
            k1 += W1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The words of the counters (block, stream), (block + 1, stream), … in order, four for each; the last block may be used in part.</summary>
    /// <param name="words">Filled.</param>
    /// <param name="key">The 64-bit key, low half first.</param>
    /// <param name="stream">The high half of the counter.</param>
    /// <param name="block">The low half of the first counter.</param>
    public static void Fill(Span<uint> words, ulong key, ulong stream, ulong block)
    {
        if (Avx2.IsSupported)
        {
            for (; words.Length >= 16; words = words[16..], block += 4)
                FourBlocks(words, key, stream, block);
        }

        Span<uint> last = stackalloc uint[4];
        for (; !words.IsEmpty; block++)
        {
            (last[0], last[1], last[2], last[3]) = Block((uint)block, (uint)(block >> 32), (uint)stream, (uint)(stream >> 32), (uint)key, (uint)(key >> 32));
            var taken = Math.Min(4, words.Length);
            last[..taken].CopyTo(words);
            words = words[taken..];
        }
    }

    /// <summary>Four counters at once, one in each 64-bit lane; the multiplication reads only a lane's low half, so the high halves are left dirty until the end.</summary>
    private static void FourBlocks(Span<uint> words, ulong key, ulong stream, ulong block)
    {
        // In this order of lanes the two unpack instructions at the end give the blocks in the order of memory.
        var counters = Vector256.Create(block) + Vector256.Create(0UL, 2, 1, 3);
        var c0 = counters.AsUInt32();
        var c1 = Vector256.ShiftRightLogical(counters, 32).AsUInt32();
        var c2 = Vector256.Create(stream).AsUInt32();
        var c3 = Vector256.Create(stream >> 32).AsUInt32();
        var m0 = Vector256.Create((ulong)M0).AsUInt32();
        var m1 = Vector256.Create((ulong)M1).AsUInt32();
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = Avx2.Multiply(c0, m0);
            var p1 = Avx2.Multiply(c2, m1);
            c0 = Vector256.ShiftRightLogical(p1, 32).AsUInt32() ^ c1 ^ Vector256.Create(k0);
            c2 = Vector256.ShiftRightLogical(p0, 32).AsUInt32() ^ c3 ^ Vector256.Create(k1);
            c1 = p1.AsUInt32();
            c3 = p0.AsUInt32();
            k0 += W0;
            k1 += W1;
        }

        var low = Vector256.Create(0xFFFFFFFFUL);
        var first = (c0.AsUInt64() & low) | Vector256.ShiftLeft(c1.AsUInt64(), 32);
        var second = (c2.AsUInt64() & low) | Vector256.ShiftLeft(c3.AsUInt64(), 32);
        ref var target = ref Unsafe.As<uint, ulong>(ref MemoryMarshal.GetReference(words));
        Avx2.UnpackLow(first, second).StoreUnsafe(ref target);
        Avx2.UnpackHigh(first, second).StoreUnsafe(ref target, 4);
    }
}
