using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Dashboard.SignIn;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class SignInPage(IAccounts accounts, IServiceProvider services, NavigationManager navigation) : ComponentBase
{
    private static readonly Dictionary<string, Error> Problems = new()
    {
        [ExternalSignInEvents.NoAccount] = Error.Forbidden("There is no account for you here, or it has been switched off.", "Ask an administrator for one."),
        [ExternalSignInEvents.Failed] = Error.Unavailable("The sign-in service did not let you in.", "Try again; if it goes on, tell an administrator."),
    };

    private Error? error;

    /// <summary>Where to go on to.</summary>
    [SupplyParameterFromQuery]
    private string? Return { get; set; }

    [SupplyParameterFromQuery]
    private string? Problem { get; set; }

    [SupplyParameterFromForm]
    private SignInForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    private ExternalSignIn? External => services.GetService<ExternalSignIn>();

    protected override void OnInitialized() => error = Problem is { } problem ? Problems.GetValueOrDefault(problem) : null;

    private async Task SignInAsync()
    {
        var signedIn = await accounts.SignInAsync(Form?.Name ?? "", Form?.Password ?? "");
        error = signedIn.Error;
        if (!signedIn.IsSuccess)
        {
            Http!.Response.StatusCode = signedIn.Error.Kind == ErrorKind.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
            if (signedIn.Error.RetryAfterSeconds is { } seconds)
                Http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return;
        }

        await Http!.SignInAsync(SessionClaims.Scheme, SessionClaims.Of(signedIn.Value), new AuthenticationProperties { IsPersistent = true });
        navigation.NavigateTo(LocalAddress.Of(Return));
    }

    public sealed class SignInForm
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}
