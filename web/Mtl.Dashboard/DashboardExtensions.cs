using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mtl.Application.Access;
using Mtl.Dashboard.Components;
using Mtl.Dashboard.Handing;
using Mtl.Dashboard.Models;
using Mtl.Dashboard.SignIn;
using Radzen;

namespace Mtl.Dashboard;

/// <summary>Puts the dashboard into a web application that has the application's services.</summary>
public static class DashboardExtensions
{
    /// <summary>What a browser may send in one message: a long definition, note or comment.</summary>
    private const long LongestMessageBytes = 1 << 20;

    public static IServiceCollection AddMtlDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(options => options.MaximumReceiveMessageSize = LongestMessageBytes);
        services.AddRadzenComponents();
        services.AddHttpContextAccessor();
        services.AddScoped<MetricNames>();
        services.AddSingleton<Handovers>();
        services.AddScoped(provider => new Handover(
            provider.GetRequiredService<PersistentComponentState>(), provider.GetRequiredService<Handovers>(), provider.GetRequiredService<IAccess>()));
        services.AddScoped<PageScripts>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>
    /// Maps the pages, their files, and the not-found page for browsers that ask for any other address. Needs <c>UseAntiforgery()</c> in the pipeline and, when run from
    /// build output, <c>UseStaticWebAssets()</c> on the web host.
    /// </summary>
    public static IEndpointRouteBuilder MapMtlDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapSignIn();
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        endpoints.MapFallback(IResult (HttpContext context) => context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }
            : TypedResults.NotFound());
        return endpoints;
    }
}
