using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Access;
using Mtl.Application.People;

namespace Mtl.Dashboard.SignIn;

/// <summary>Signing in and out with a browser.</summary>
public static class SignInExtensions
{
    /// <summary>Name of the scheme of the sign-in service.</summary>
    internal const string ExternalScheme = "external";

    private const string ExternalPath = "/sign-in/external";

    /// <summary>The cookie, and the sign-in service where there is one. Needs <c>UseAuthentication()</c> in the pipeline.</summary>
    public static IServiceCollection AddMtlSignIn(this IServiceCollection services, PeopleOptions people, ExternalSignIn? external)
    {
        services.AddScoped<CircuitHandler, CallerCircuit>();
        services.AddCascadingAuthenticationState();
        var authentication = services.AddAuthentication(SessionClaims.Scheme).AddCookie(SessionClaims.Scheme, cookie =>
        {
            cookie.Cookie.Name = "mtl-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = people.SessionLifetime;
            cookie.SlidingExpiration = true;
        });
        if (external is null)
            return services;

        services.AddSingleton(external).AddSingleton<ExternalSignInEvents>();
        authentication.AddOAuth(ExternalScheme, oauth =>
        {
            (oauth.ClientId, oauth.ClientSecret) = (external.ClientId, external.ClientSecret);
            (oauth.AuthorizationEndpoint, oauth.TokenEndpoint, oauth.UserInformationEndpoint) = (external.AuthorizationEndpoint, external.TokenEndpoint, external.UserInformationEndpoint);
            oauth.CallbackPath = $"{ExternalPath}/callback";
            oauth.UsePkce = true;
            oauth.SignInScheme = SessionClaims.Scheme;
            oauth.EventsType = typeof(ExternalSignInEvents);
            oauth.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
            oauth.Scope.Clear();
            foreach (var scope in external.Scopes)
                oauth.Scope.Add(scope);
        });
        return services;
    }

    internal static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-out", SignOutAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet(ExternalPath, (string? @return, HttpContext context) => context.RequestServices.GetService<ExternalSignIn>() is null
            ? Results.Redirect("/sign-in")
            : Results.Challenge(new AuthenticationProperties { RedirectUri = LocalAddress.Of(@return) }, [ExternalScheme])).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> SignOutAsync(IAntiforgery antiforgery, IAccounts accounts, HttpContext context)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.BadRequest("The form is out of date. Go back, reload the page, and send it again.");
        await accounts.SignOutAsync(context.RequestAborted);
        await context.SignOutAsync(SessionClaims.Scheme);
        return Results.Redirect("/sign-in");
    }
}
