using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mtl.EndToEnd.Tests.Operations;

/// <summary>A collector that keeps what OTLP exporters post to it over HTTP.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication app;
    private readonly ConcurrentQueue<OtlpMessage> messages = [];
    private readonly SemaphoreSlim arrivals = new(0);

    private OtlpReceiver(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var receiver = new OtlpReceiver(builder.Build());
        receiver.app.Urls.Add("http://127.0.0.1:0");
        receiver.app.MapPost("/v1/{signal}", receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for a message to the path that holds all of the texts: protobuf keeps them as they are.</summary>
    public async Task<OtlpMessage> UntilAsync(string path, params string[] texts)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (messages.FirstOrDefault(message => message.Path == path && texts.All(message.Holds)) is { } found)
                return found;
            try
            {
                await arrivals.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"None of {messages.Count} messages to {path} holds {string.Join(", ", texts)}. The last: {messages.LastOrDefault(message => message.Path == path)?.Body}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        arrivals.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        messages.Enqueue(new OtlpMessage(context.Request.Path, context.Request.ContentType ?? "", Encoding.Latin1.GetString(body.ToArray())));
        arrivals.Release();
    }
}

/// <summary>What was posted; the body byte for byte as Latin-1.</summary>
internal sealed record OtlpMessage(string Path, string ContentType, string Body)
{
    public bool Holds(string text) => Body.Contains(text, StringComparison.Ordinal);
}
