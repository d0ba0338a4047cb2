namespace Mtl.Runtime.Tests;

public sealed class BufferTests
{
    private static readonly TensorLayout Layout = new([("w1", [3, 5]), ("b1", [5]), ("scale", []), ("w2", [5, 16])]);

    [Fact]
    public unsafe void A_buffer_starts_on_a_64_byte_boundary_and_is_zero()
    {
        foreach (var length in (int[])[0, 1, 7, 1000, 100_003])
        {
            using var buffer = new AlignedBuffer<long>(length);
            buffer.Length.ShouldBe(length);
            buffer.Span.ToArray().ShouldAllBe(value => value == 0);
            fixed (long* first = buffer.Span) ((nint)first % 64).ShouldBe(0);
        }
    }

    [Fact]
    public void A_layout_puts_each_tensor_on_a_64_byte_boundary()
    {
        Layout.Slots.Select(slot => slot.Offset).ShouldBe([0, 16, 32, 48]);
        Layout.Slots.Select(slot => slot.Length).ShouldBe([15, 5, 1, 80]);
        Layout.Length.ShouldBe(128);
        Layout["b1"].Shape.ShouldBe([5]);
        Layout.Contains("w3").ShouldBeFalse();
    }

    [Fact]
    public unsafe void Tensors_of_a_flat_buffer_are_aligned_and_apart()
    {
        using var buffer = new FlatBuffer(Layout);
        foreach (var slot in Layout.Slots)
        {
            buffer[slot].Fill(slot.Offset + 1);
            fixed (float* first = buffer[slot]) ((nint)first % 64).ShouldBe(0);
        }

        foreach (var slot in Layout.Slots) buffer[slot.Name].ToArray().ShouldAllBe(value => value == slot.Offset + 1);
        buffer.All.ToArray().Count(value => value == 0).ShouldBe(Layout.Length - Layout.Slots.Sum(slot => slot.Length), "padding stays zero");
    }

    [Fact]
    public void An_unknown_tensor_is_named_with_those_there_are() =>
        Should.Throw<KeyNotFoundException>(() => Layout["w9"]).Message.ShouldBe("The layout has no tensor 'w9'. It has: b1, scale, w1, w2.");

    [Fact]
    public void Two_tensors_of_one_name_are_refused() =>
        Should.Throw<ArgumentException>(() => new TensorLayout([("w", [1]), ("w", [2])])).Message
            .ShouldStartWith("Two tensors of the layout are named 'w'; names have to be unique.");

    [Fact]
    public void A_view_beyond_the_end_is_refused()
    {
        using var buffer = new AlignedBuffer<float>(100);
        Should.Throw<ArgumentOutOfRangeException>(() => buffer.View(11, 10)).Message
            .ShouldStartWith("A tensor of shape [11, 10] at element 0 needs 110 elements; the buffer has 100.");
    }

    [Fact]
    public void A_view_off_the_boundary_is_refused()
    {
        using var buffer = new AlignedBuffer<float>(100);
        Should.Throw<ArgumentOutOfRangeException>(() => buffer.ViewAt(3, 10)).Message
            .ShouldStartWith("Element 3 of 4 bytes does not start on a 64-byte boundary; take offsets from a TensorLayout.");
    }

    [Fact]
    public void A_negative_length_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new AlignedBuffer<float>(-1));

    [Fact]
    public void A_disposed_buffer_refuses_to_be_read()
    {
        var buffer = new AlignedBuffer<float>(4);
        buffer.Dispose();
        buffer.Dispose();
        Should.Throw<ObjectDisposedException>(() => buffer.Span.Length);
    }

    [Fact]
    public void A_tensor_says_what_it_holds()
    {
        Tensor.Column([1f, 2f]).ToString().ShouldBe("Float [2, 1]");
        Should.Throw<InvalidOperationException>(() => Tensor.Column(["a"]).Values<float>()).Message.ShouldBe("The tensor holds String values, not Float.");
        Should.Throw<ArgumentException>(() => Tensor.Of([1f, 2f, 3f], 2, 2)).Message.ShouldStartWith("A tensor of shape [2, 2] does not hold 3 values.");
        Should.Throw<NotSupportedException>(() => Tensor.Column([DateTime.UnixEpoch])).Message
            .ShouldBe("Tensors of DateTime are not supported; supported are: Single, Double, Int32, Int64, Boolean, String.");
    }
}
