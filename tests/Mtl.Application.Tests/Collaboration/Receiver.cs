using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mtl.Application.Tests.Collaboration;

/// <summary>A listener on a free port that takes requests one after the other and gives the answers in turn, the last one again and again; null says nothing.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> requests = [];
    private readonly SemaphoreSlim arrived = new(0);

    public Receiver(params string?[] answers)
    {
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook");
        _ = TakeAsync(answers);
    }

    public Uri Address { get; }

    public bool HasConnection => listener.Pending() || !requests.IsEmpty;

    /// <summary>The next request, whole.</summary>
    public async Task<string> RequestAsync()
    {
        (await arrived.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue("no request came");
        return requests.TryDequeue(out var request) ? request : "";
    }

    public void Dispose()
    {
        listener.Dispose();
        arrived.Dispose();
    }

    private async Task TakeAsync(string?[] answers)
    {
        try
        {
            for (var turn = 0; ; turn++)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await ServeAsync(client.GetStream(), answers[Math.Min(turn, answers.Length - 1)]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream, string? answer)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            if (answer is not null && text.ToString().EndsWith('}'))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                break;
            }
        }

        requests.Enqueue(text.ToString());
        arrived.Release();
    }
}
