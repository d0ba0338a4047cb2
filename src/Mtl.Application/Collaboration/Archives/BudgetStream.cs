namespace Mtl.Application.Collaboration.Archives;

/// <summary>How many bytes may still come out of an archive.</summary>
internal sealed class ByteBudget(long bytes)
{
    private long taken;

    /// <exception cref="ArchiveRefusedException">More came than was allowed.</exception>
    public void Take(int count)
    {
        taken += count;
        if (taken > bytes)
            throw new ArchiveRefusedException($"what it holds unpacks to more than {bytes:N0} bytes, the most for an archive of its size");
    }
}

/// <summary>Reads an entry and takes what comes out from the budgets of the archive and of the entry.</summary>
internal sealed class BudgetStream(Stream inner, params ByteBudget[] budgets) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(int count)
    {
        foreach (var budget in budgets)
            budget.Take(count);
        return count;
    }
}
