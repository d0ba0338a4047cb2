using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class SetUpPage(IAccounts accounts, NavigationManager navigation) : ComponentBase
{
    private bool? canSetUp;
    private Error? error;

    [SupplyParameterFromForm]
    private SetUpForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    protected override async Task OnInitializedAsync() => canSetUp = await accounts.CanSetUpAsync();

    private async Task SetUpAsync()
    {
        var done = Form?.Password == Form?.Repeated
            ? await accounts.SetUpAsync(Form?.Name ?? "", Form?.Password ?? "")
            : Error.Invalid("The two passwords are not the same.");
        error = done.Error;
        if (!done.IsSuccess)
            return;
        await Http!.SignInAsync(SessionClaims.Scheme, SessionClaims.Of(done.Value), new AuthenticationProperties { IsPersistent = true });
        navigation.NavigateTo("/account");
    }

    public sealed class SetUpForm
    {
        public string? Name { get; set; }

        public string? Password { get; set; }

        public string? Repeated { get; set; }
    }
}
