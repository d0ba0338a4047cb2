namespace Mtl.Api.Tests.Native;

/// <summary>A CSV file of any length that takes no memory.</summary>
internal sealed class EndlessTable(long length) : Stream
{
    private static readonly byte[] Line = [.. "1,2\n"u8];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = (int)Math.Min(buffer.Length, length - Position);
        for (var index = 0; index < read; index++)
            buffer[index] = Line[(Position + index) % Line.Length];
        Position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
