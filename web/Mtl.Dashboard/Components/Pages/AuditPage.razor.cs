using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class AuditPage(IAudit application, NavigationManager navigation) : LivePage
{
    private const int PageSize = 100;

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
        var read = await application.ReadAsync(
            new AuditFilter
            {
                Who = Who ?? "", Action = Action ?? "", Thing = Thing ?? "", From = Day(From), Until = Day(Until)?.AddDays(1), Before = Before, Limit = PageSize,
            },
            Gone);
        (entries, error) = read.Match<(IReadOnlyList<AuditEntry>?, Error?)>(value => (value, null), failure => (null, failure));
    }

    private static DateTimeOffset? Day(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
}
