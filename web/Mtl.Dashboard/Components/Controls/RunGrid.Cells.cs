using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Tables;
using Mtl.Dashboard.Models;
using Mtl.Tracking.Search;

namespace Mtl.Dashboard.Components.Controls;

/// <summary>How the cells of a table of runs look. Texts go in as text, whatever they hold.</summary>
public sealed partial class RunGrid
{
    private RenderFragment Cell(RunTableRow row, ColumnKey column) => (column.Field, column.Key) switch
    {
        (SearchField.Metric, _) => Text(row.Metrics.TryGetValue(column.Key, out var value) ? Formats.Number(value) : ""),
        (SearchField.Attribute, "status") => builder =>
        {
            builder.OpenComponent<StatusBadge>(0);
            builder.AddComponentParameter(1, nameof(StatusBadge.Status), row.Status);
            builder.CloseComponent();
        },
        (SearchField.Attribute, "start_time") => Ago(row.StartedAt ?? row.CreatedAt),
        (SearchField.Attribute, "end_time") => row.EndedAt is { } ended ? Ago(ended) : Text(""),
        (SearchField.Attribute, "duration") => Text(RunGridState.Duration(row, time.GetUtcNow())),
        _ => Titled(row.Text(column)),
    };

    private static RenderFragment Ago(DateTimeOffset time) => builder =>
    {
        builder.OpenComponent<TimeAgo>(0);
        builder.AddComponentParameter(1, nameof(TimeAgo.Then), time);
        builder.CloseComponent();
    };

    private static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    /// <summary>A text that may be cut off, in full where it is pointed at.</summary>
    private static RenderFragment Titled(string text) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "title", text);
        builder.AddContent(2, text);
        builder.CloseElement();
    };
}
