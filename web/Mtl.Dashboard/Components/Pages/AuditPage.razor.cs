using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Tracking.People;
using Mtl.Tracking.Search;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class AuditPage(IAudit application, NavigationManager navigation, Handover handover) : LivePage
{
    private const int PageSize = 100;

    private const int CsvPageSize = 1000;

    private IReadOnlyList<AuditEntry>? entries;
    private Error? error;

    [SupplyParameterFromQuery]
    private string? Who { get; set; }

    [SupplyParameterFromQuery]
    private string? Action { get; set; }

    [SupplyParameterFromQuery]
    private string? Thing { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? Until { get; set; }

    [SupplyParameterFromQuery]
    private long? Before { get; set; }

    private string Older => navigation.GetUriWithQueryParameter("before", entries![^1].Id);

    protected override async Task OnParametersSetAsync()
    {
        var read = await handover.ReadAsync(RendererInfo, "audit", () => application.ReadAsync(Filter() with { Before = Before, Limit = PageSize }, Gone));
        (entries, error) = read.Match<(IReadOnlyList<AuditEntry>?, Error?)>(value => (value, null), failure => (null, failure));
    }

    private AuditFilter Filter() => new() { Who = Who ?? "", Action = Action ?? "", Thing = Thing ?? "", From = Day(From), Until = Day(Until)?.AddDays(1) };

    /// <summary>All entries of the filter, however far back.</summary>
    private async Task<Result<Page<IReadOnlyList<string>>>> CsvAsync(string? token)
    {
        var read = await application.ReadAsync(Filter() with { Before = token is null ? null : long.Parse(token, CultureInfo.InvariantCulture), Limit = CsvPageSize }, Gone);
        return read.Map(page => new Page<IReadOnlyList<string>>(
            [.. page.Select(entry => (IReadOnlyList<string>)[$"{entry.Id}", CsvText.Time(entry.At), entry.Who, entry.By, entry.Action, entry.Thing, entry.Detail, entry.Address, entry.RequestId])],
            page.Count > 0 ? $"{page[^1].Id}" : null));
    }

    private static DateTimeOffset? Day(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
}
