using Mtl.Core.Random;

namespace Mtl.Core.Tests.Random;

/// <summary>The known answers are those of Random123 1.14, file <c>tests/kat_vectors</c>.</summary>
public sealed class Philox4x32Tests
{
    [Theory]
    [InlineData(
        new uint[] { 0, 0, 0, 0 },
        new uint[] { 0, 0 },
        new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
        new uint[] { 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
        new uint[] { 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void A_block_is_the_published_answer(uint[] counter, uint[] key, uint[] expected)
    {
        var (w0, w1, w2, w3) = Philox4x32.Block(counter[0], counter[1], counter[2], counter[3], key[0], key[1]);

        new[] { w0, w1, w2, w3 }.ShouldBe(expected);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 3)]
    [InlineData(16, 0xFFFFFFFE)]
    [InlineData(1003, 0xFFFFFFFF_FFFFFFFE)]
    public void Filling_gives_the_words_of_single_blocks_in_order(int count, ulong block)
    {
        const ulong Key = 0xa4093822_299f31d0, Stream = 0x03707344_13198a2e;
        var words = new uint[count];
        Philox4x32.Fill(words, Key, Stream, block);

        for (var i = 0; i < count; i++)
        {
            var c = unchecked(block + ((ulong)i / 4));
            var (w0, w1, w2, w3) = Philox4x32.Block((uint)c, (uint)(c >> 32), 0x13198a2e, 0x03707344, 0x299f31d0, 0xa4093822);
            words[i].ShouldBe(new[] { w0, w1, w2, w3 }[i % 4]);
        }
    }
}
