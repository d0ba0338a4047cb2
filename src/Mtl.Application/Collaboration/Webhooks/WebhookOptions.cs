using System.ComponentModel.DataAnnotations;

namespace Mtl.Application.Collaboration.Webhooks;

/// <summary>How webhooks are sent, and where to.</summary>
public sealed record WebhookOptions
{
    /// <summary>Whether addresses on this machine are told of events; a server that only this machine reaches may.</summary>
    public bool AllowsLoopback { get; init; }

    /// <summary>Whether addresses of private networks are told of events. Off by default: whoever may set a webhook could reach machines that only the server can.</summary>
    public bool AllowsPrivateAddresses { get; init; }

    /// <summary>How often a delivery is sent before it is given up.</summary>
    [Range(1, 20)]
    public int MaximumAttempts { get; init; } = 7;

    /// <summary>Pause after the first failed attempt; each further pause is <see cref="PauseFactor"/> times as long. The default gives up after about four hours.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(10);

    [Range(1, 10)]
    public double PauseFactor { get; init; } = 4;

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the store is asked for what is due.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many are sent at once.</summary>
    [Range(1, 64)]
    public int Parallel { get; init; } = 8;

    /// <summary>How long deliveries that arrived stay listed.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The pause after attempt number <paramref name="attempt"/> (from 1): <c>min(first · factor^(attempt − 1), longest)</c>.</summary>
    public TimeSpan PauseAfter(int attempt)
    {
        var seconds = FirstPause.TotalSeconds * Math.Pow(PauseFactor, attempt - 1);
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestPause.TotalSeconds));
    }
}
