namespace Mtl.Application.Retention;

/// <summary>How long what was deleted is kept.</summary>
public sealed record RetentionOptions
{
    public const int DefaultDays = 30;

    public const int MostDays = 36_500;

    /// <summary>How long archived runs and deleted experiments can be restored; after that they are removed with their files. Null: for ever.</summary>
    public TimeSpan? KeepsDeleted { get; init; } = TimeSpan.FromDays(DefaultDays);

    /// <summary>How often the server looks for what has run out.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);
}
