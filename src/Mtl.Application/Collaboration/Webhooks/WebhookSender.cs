using System.Net;
using System.Net.Sockets;
using System.Text;
using Mtl.Tracking.Collaboration.Webhooks;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>Sends one delivery and says what came of it. It follows no redirects and uses no proxy: both would send it where the rules have not looked.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const string UserAgent = "MtlPlatform-Webhooks/1";

    private readonly WebhookOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public WebhookSender(WebhookOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = options.Timeout,
        };
    }

    /// <summary>Whether the receiver took it, and what it said, in words that hold no secret.</summary>
    public async Task<(bool IsDelivered, string Outcome)> SendAsync(WebhookDelivery delivery, Uri address, string secret, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(delivery.Payload, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, delivery.Id);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, $"{now}");
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(secret, delivery.Id, now, delivery.Payload));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return (response.IsSuccessStatusCode, $"The receiver answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e) when (Refusal(e) is { } refusal)
        {
            return (false, refusal.Message);
        }
        catch (HttpRequestException e)
        {
            return (false, $"The receiver can't be reached: {e.HttpRequestError}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, $"The receiver did not answer within {options.Timeout.TotalSeconds:0.#} s.");
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Connects to an address that was looked at: what a name stands for is found here, once.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        foreach (var address in found)
        {
            if (AddressRules.Refuse(address, options) is { } reason)
                throw new AddressRefusedException($"Not sent: {context.DnsEndPoint.Host} stands for an address that is not allowed; {reason}.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static AddressRefusedException? Refusal(Exception? e) => e is null or AddressRefusedException ? e as AddressRefusedException : Refusal(e.InnerException);

    private sealed class AddressRefusedException(string message) : IOException(message);
}
