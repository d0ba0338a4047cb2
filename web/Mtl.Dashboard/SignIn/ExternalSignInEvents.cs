using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mtl.Application.Access;
using Mtl.Application.People;

namespace Mtl.Dashboard.SignIn;

/// <summary>Asks the sign-in service who has come back from it, and lets the application decide whether they may come in.</summary>
internal sealed partial class ExternalSignInEvents(ExternalSignIn options) : OAuthEvents
{
    /// <summary>Problems that the sign-in page knows words for.</summary>
    public const string NoAccount = "no-account";
    public const string Failed = "failed";

    private const string ProblemItem = "mtl-problem";

    public override async Task CreatingTicket(OAuthCreatingTicketContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MtlPlatform", "1"));
        using var response = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        response.EnsureSuccessStatusCode();
        using var user = JsonDocument.Parse(await response.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));
        if (Field(user.RootElement, options.SubjectField) is not { Length: > 0 } subject)
            throw new AuthenticationFailureException($"The user information of {options.Name} has no '{options.SubjectField}'.");

        // The callback is answered before the request has come to where callers are presented.
        await context.HttpContext.RequestServices.GetRequiredService<CallerContext>()
            .PresentAsync(Credential.None, context.HttpContext.Connection.RemoteIpAddress, context.HttpContext.TraceIdentifier, context.HttpContext.RequestAborted);
        var accounts = context.HttpContext.RequestServices.GetRequiredService<IAccounts>();
        var signedIn = await accounts.SignInExternalAsync(options.Name, subject, Field(user.RootElement, options.NameField) ?? "", options.MakesAccounts, context.HttpContext.RequestAborted);
        if (!signedIn.IsSuccess)
        {
            context.HttpContext.Items[ProblemItem] = NoAccount;
            throw new AuthenticationFailureException(signedIn.Error.Message);
        }

        context.Principal = SessionClaims.Of(signedIn.Value);
        context.Properties.IsPersistent = true;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        var logger = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger<ExternalSignInEvents>();
        LogFailed(logger, options.Name, context.Failure?.GetType().Name ?? "");
        context.Response.Redirect($"/sign-in?problem={context.HttpContext.Items[ProblemItem] ?? Failed}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static string? Field(JsonElement user, string name) => user.ValueKind == JsonValueKind.Object && user.TryGetProperty(name, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null
        : null;

    // Without the failure's own words, which may repeat what the service sent.
    [LoggerMessage(LogLevel.Warning, "A sign-in by {Service} failed ({Kind}).")]
    private static partial void LogFailed(ILogger logger, string service, string kind);
}
