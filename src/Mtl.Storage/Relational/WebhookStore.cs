using System.Data.Common;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.Collaboration.Webhooks;

namespace Mtl.Storage.Relational;

/// <summary>Events come from triggers of the schema (<c>0006_collaboration.sql</c>).</summary>
internal sealed class WebhookStore(IDatabase database) : IWebhookStore
{
    private const string Columns = "id, name, url, events, experiment_id, model, protected_secret, is_active, created_by, created_at";

    private const string DeliveryColumns = "id, webhook_id, event, payload, status, attempts, created_at, due_at, outcome";

    public Task<Result<Webhook>> AddAsync(Webhook webhook, CancellationToken cancellation = default) => database.WriteAsync<Result<Webhook>>(
        connection =>
        {
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM webhooks WHERE id = @Id", new { webhook.Id }) > 0)
                return Failures.Exists("webhook", webhook.Id);
            connection.Execute(
                $"INSERT INTO webhooks ({Columns}) VALUES (@Id, @Name, @Url, @Events, @ExperimentId, @Model, @ProtectedSecret, @IsActive, @CreatedBy, @CreatedAt)", WebhookRow.Of(webhook));
            return webhook;
        },
        cancellation);

    public Task<Result<Webhook>> UpdateAsync(Webhook webhook, CancellationToken cancellation = default) => database.WriteAsync<Result<Webhook>>(
        connection => connection.Execute(
            """
            UPDATE webhooks
            SET name = @Name, url = @Url, events = @Events, experiment_id = @ExperimentId, model = @Model, protected_secret = @ProtectedSecret, is_active = @IsActive
            WHERE id = @Id
            """,
            WebhookRow.Of(webhook)) == 1
            ? webhook
            : Failures.NotFound("webhook", webhook.Id),
        cancellation);

    public Task<Result<Webhook>> GetAsync(string id, CancellationToken cancellation = default) => database.ReadAsync<Result<Webhook>>(
        connection => connection.QuerySingleOrDefault<WebhookRow>($"SELECT {Columns} FROM webhooks WHERE id = @id", new { id }) is { } row
            ? row.ToWebhook()
            : Failures.NotFound("webhook", id),
        cancellation);

    public Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<Webhook>>(
        connection => [.. connection.Query<WebhookRow>($"SELECT {Columns} FROM webhooks ORDER BY name, id").Select(row => row.ToWebhook())],
        cancellation);

    public Task<Result<bool>> RemoveAsync(string id, CancellationToken cancellation = default) => database.WriteAsync<Result<bool>>(
        connection => connection.Execute("DELETE FROM webhooks WHERE id = @id", new { id }) == 1 ? true : Failures.NotFound("webhook", id),
        cancellation);

    public Task<IReadOnlyList<OutboxEvent>> EventsAsync(int limit, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<OutboxEvent>>(
        connection =>
        [
            .. connection.Query<EventRow>("SELECT sequence, kind, subject, detail, version FROM webhook_events ORDER BY sequence LIMIT @limit", new { limit })
                .Select(row => new OutboxEvent(row.Sequence, row.Kind, row.Subject, row.Detail, row.Version)),
        ],
        cancellation);

    public Task<bool> DispatchAsync(long sequence, IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellation = default) => database.WriteAsync(
        connection =>
        {
            if (connection.Execute("DELETE FROM webhook_events WHERE sequence = @sequence", new { sequence }) == 0)
                return false;
            foreach (var delivery in deliveries)
                Insert(connection, delivery);
            return true;
        },
        cancellation);

    public Task<Result<WebhookDelivery>> AddDeliveryAsync(WebhookDelivery delivery, CancellationToken cancellation = default) => database.WriteAsync<Result<WebhookDelivery>>(
        connection => Insert(connection, delivery) == 1 ? delivery : Failures.NotFound("webhook", delivery.WebhookId),
        cancellation);

    public async Task<IReadOnlyList<WebhookDelivery>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellation = default)
    {
        var arguments = new { now = now.UtcTicks, until = until.UtcTicks, limit };
        // Asked first by a read, which costs no transaction where nothing is due, as nearly always.
        var isAnyDue = await database.ReadAsync(
            connection => connection.ExecuteScalar<long>("SELECT count(*) FROM (SELECT 1 FROM webhook_deliveries WHERE status = 'Waiting' AND due_at <= @now LIMIT 1) AS due", arguments) > 0,
            cancellation);
        if (!isAnyDue)
            return [];
        return await database.WriteAsync<IReadOnlyList<WebhookDelivery>>(
            connection =>
            [
                // The outer conditions are judged again on a row that another process has just taken.
                .. connection.Query<DeliveryRow>(
                    $"""
                    UPDATE webhook_deliveries SET attempts = attempts + 1, due_at = @until
                    WHERE status = 'Waiting' AND due_at <= @now
                      AND no IN (SELECT no FROM webhook_deliveries WHERE status = 'Waiting' AND due_at <= @now ORDER BY due_at, no LIMIT @limit)
                    RETURNING {DeliveryColumns}
                    """,
                    arguments).Select(row => row.ToDelivery()).OrderBy(delivery => delivery.CreatedAt),
            ],
            cancellation);
    }

    public Task SettleAsync(WebhookDelivery delivery, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE webhook_deliveries SET status = @Status, attempts = @Attempts, due_at = @DueAt, outcome = @Outcome WHERE id = @Id", DeliveryRow.Of(delivery)),
        cancellation);

    public Task<Result<WebhookDelivery>> GetDeliveryAsync(string id, CancellationToken cancellation = default) => database.ReadAsync<Result<WebhookDelivery>>(
        connection => connection.QuerySingleOrDefault<DeliveryRow>($"SELECT {DeliveryColumns} FROM webhook_deliveries WHERE id = @id", new { id }) is { } row
            ? row.ToDelivery()
            : Error.NotFound($"There is no delivery '{id}'.", "List the webhook's deliveries to see which exist."),
        cancellation);

    public Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(
        string? webhookId, DeliveryStatus? status, int limit, string? after = null, CancellationToken cancellation = default) => database.ReadAsync<IReadOnlyList<WebhookDelivery>>(
        connection =>
        [
            .. connection.Query<DeliveryRow>(
                $"""
                SELECT {DeliveryColumns} FROM webhook_deliveries
                WHERE 1 = 1
                  {(webhookId is null ? "" : "AND webhook_id = @webhookId")}
                  {(status is null ? "" : "AND status = @status")}
                  {(after is null ? "" : "AND no < (SELECT no FROM webhook_deliveries WHERE id = @after)")}
                ORDER BY no DESC LIMIT @limit
                """,
                new { webhookId, status = $"{status}", limit, after }).Select(row => row.ToDelivery()),
        ],
        cancellation);

    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellation = default) => database.WriteAsync(
        connection => connection.Execute("DELETE FROM webhook_deliveries WHERE status = 'Delivered' AND created_at < @before", new { before = before.UtcTicks }),
        cancellation);

    /// <summary>Adds a delivery if its webhook is still there.</summary>
    private static int Insert(DbConnection connection, WebhookDelivery delivery) => connection.Execute(
        $"""
        INSERT INTO webhook_deliveries ({DeliveryColumns})
        SELECT @Id, @WebhookId, @Event, @Payload, @Status, @Attempts, @CreatedAt, @DueAt, @Outcome FROM webhooks WHERE id = @WebhookId
        """,
        DeliveryRow.Of(delivery));

    private sealed class EventRow
    {
        public required long Sequence { get; init; }

        public required string Kind { get; init; }

        public required string Subject { get; init; }

        public required string Detail { get; init; }

        public int? Version { get; init; }
    }

    private sealed class WebhookRow
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required string Url { get; init; }

        public required string Events { get; init; }

        public required string ExperimentId { get; init; }

        public required string Model { get; init; }

        public required string ProtectedSecret { get; init; }

        public required bool IsActive { get; init; }

        public required string CreatedBy { get; init; }

        public required long CreatedAt { get; init; }

        public static WebhookRow Of(Webhook webhook) => new()
        {
            Id = webhook.Id,
            Name = webhook.Name,
            Url = webhook.Url,
            Events = string.Join(' ', webhook.Events),
            ExperimentId = webhook.ExperimentId,
            Model = webhook.Model,
            ProtectedSecret = webhook.ProtectedSecret,
            IsActive = webhook.IsActive,
            CreatedBy = webhook.CreatedBy,
            CreatedAt = webhook.CreatedAt.UtcTicks,
        };

        public Webhook ToWebhook() => new(
            Id, Name, Url, Events.Split(' ', StringSplitOptions.RemoveEmptyEntries), ExperimentId, Model, ProtectedSecret, IsActive, CreatedBy, CreatedAt.ToTime());
    }

    private sealed class DeliveryRow
    {
        public required string Id { get; init; }

        public required string WebhookId { get; init; }

        public required string Event { get; init; }

        public required string Payload { get; init; }

        public required string Status { get; init; }

        public required int Attempts { get; init; }

        public required long CreatedAt { get; init; }

        public required long DueAt { get; init; }

        public required string Outcome { get; init; }

        public static DeliveryRow Of(WebhookDelivery delivery) => new()
        {
            Id = delivery.Id,
            WebhookId = delivery.WebhookId,
            Event = delivery.Event,
            Payload = delivery.Payload,
            Status = $"{delivery.Status}",
            Attempts = delivery.Attempts,
            CreatedAt = delivery.CreatedAt.UtcTicks,
            DueAt = delivery.DueAt.UtcTicks,
            Outcome = delivery.Outcome,
        };

        public WebhookDelivery ToDelivery() => new(Id, WebhookId, Event, Payload, Enum.Parse<DeliveryStatus>(Status), Attempts, CreatedAt.ToTime(), DueAt.ToTime(), Outcome);
    }
}
