using System.Text;
using Mtl.Core;
using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class CheckpointTests
{
    private static readonly Checkpoint Sample = new("a1b2", 1234, 7, TimeSpan.FromSeconds(12.5), 2, new Dictionary<string, CheckpointTensor>
    {
        ["parameters"] = CheckpointTensor.Of([1.5f, float.NaN, -0f]),
        ["weighting/weights"] = CheckpointTensor.Of([0.1, 0.9]),
        ["optimizer/step"] = CheckpointTensor.Of([1234L]),
        ["empty"] = CheckpointTensor.Of(ReadOnlySpan<float>.Empty),
    });

    [Fact]
    public void A_checkpoint_comes_back_as_it_was_written()
    {
        var read = Read(Written()).Value;

        (read.Fingerprint, read.Step, read.Epoch, read.Elapsed, read.Threads).ShouldBe(("a1b2", 1234, 7, TimeSpan.FromSeconds(12.5), 2));
        read.Tensors.Keys.ShouldBe(Sample.Tensors.Keys);
        foreach (var (name, tensor) in read.Tensors)
        {
            tensor.ElementType.ShouldBe(Sample.Tensors[name].ElementType);
            tensor.Bytes.ToArray().ShouldBe(Sample.Tensors[name].Bytes.ToArray());
        }

        read.Tensors["weighting/weights"].As<double>().ToArray().ShouldBe([0.1, 0.9]);
    }

    [Fact]
    public void The_file_is_in_the_safetensors_layout()
    {
        var bytes = Written();
        var length = BitConverter.ToInt64(bytes);
        var header = Encoding.UTF8.GetString(bytes, 8, (int)length);

        header.ShouldContain("\"parameters\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}");
        bytes.Length.ShouldBe(8 + (int)length + 12 + 16 + 8);
        BitConverter.ToSingle(bytes, 8 + (int)length).ShouldBe(1.5f);
    }

    [Fact]
    public void Every_truncation_is_found_out()
    {
        var bytes = Written();
        for (var length = 0; length < bytes.Length; length++)
            Damage(Read(bytes[..length]));
    }

    [Fact]
    public void Every_flipped_bit_is_found_out()
    {
        var bytes = Written();
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var altered = (byte[])bytes.Clone();
                altered[i] ^= (byte)(1 << bit);
                Damage(Read(altered));
            }
        }
    }

    [Fact]
    public void What_follows_the_end_is_found_out() =>
        Read([.. Written(), 0]).Error!.ToString().ShouldBe(
            "The checkpoint file is damaged: it goes on after its end. Go on from an older checkpoint, or start the run anew.");

    [Fact]
    public void An_altered_number_is_named_as_such()
    {
        var bytes = Written();
        bytes[^1] ^= 1;

        Read(bytes).Error!.Message.ShouldBe("The checkpoint file is damaged: its SHA-256 does not match its content.");
    }

    private static void Damage(Result<Checkpoint> result) => result.Error!.Message.ShouldStartWith("The checkpoint file is damaged: ");

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        Sample.Write(stream);
        return stream.ToArray();
    }

    private static Result<Checkpoint> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Checkpoint.Read(stream);
    }
}
