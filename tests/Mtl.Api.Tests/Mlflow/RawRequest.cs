using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Sends bytes to the server as they are, and reads its answer off the wire.</summary>
internal static class RawRequest
{
    public static async Task<Answer> SendAsync(Uri server, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request);

        var status = int.Parse((await LineAsync(stream)).Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream) is { Length: > 0 } line)
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

        using var body = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
            await CopyAsync(stream, body, int.Parse(length, CultureInfo.InvariantCulture));
        else if (headers.GetValueOrDefault("Transfer-Encoding") == "chunked")
            await CopyChunksAsync(stream, body);
        return new Answer((HttpStatusCode)status, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static async Task CopyChunksAsync(NetworkStream from, MemoryStream to)
    {
        while (int.Parse(await LineAsync(from), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            await CopyAsync(from, to, size);
            await LineAsync(from);
        }
    }

    private static async Task CopyAsync(NetworkStream from, MemoryStream to, int count)
    {
        var bytes = new byte[count];
        await from.ReadExactlyAsync(bytes);
        to.Write(bytes);
    }

    private static async Task<string> LineAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one);
            if (one[0] == '\n')
                return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
    }
}
