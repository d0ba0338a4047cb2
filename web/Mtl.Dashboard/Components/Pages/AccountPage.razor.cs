using Mtl.Application.Collaboration.Tables;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Mtl.Tracking.People;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class AccountPage(IAccounts application, Handover handover) : LivePage
{
    private Account? account;
    private NewToken? made;
    private Error? error;
    private Error? tokenError;
    private Error? passwordError;
    private bool isPasswordChanged;
    private string tokenName = "";
    private TokenScope tokenScope = TokenScope.Write;
    private int tokenDays = 90;
    private string current = "";
    private string replacement = "";
    private string repeated = "";

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await handover.ReadAsync(RendererInfo, "account", () => application.GetAsync(Gone));
        (account, error) = read.Match<(Account?, Error?)>(value => (value, null), failure => (null, failure));
    }

    private IEnumerable<IReadOnlyList<string>> Csv() => account!.Tokens.Select(token => (IReadOnlyList<string>)
        [token.Name, $"{token.Scope}".ToLowerInvariant(), CsvText.Time(token.CreatedAt), CsvText.Time(token.UsedAt), CsvText.Time(token.ExpiresAt)]);

    private async Task CreateTokenAsync()
    {
        var created = await application.CreateTokenAsync(tokenName, tokenScope, tokenDays == 0 ? null : tokenDays, Gone);
        (made, tokenError) = created.Match<(NewToken?, Error?)>(value => (value, null), failure => (null, failure));
        if (created.IsSuccess)
            tokenName = "";
        await LoadAsync();
    }

    private async Task RevokeAsync(TokenSummary token)
    {
        tokenError = (await application.RevokeTokenAsync(token.Id, Gone)).Error;
        made = made?.Token.Id == token.Id ? null : made;
        await LoadAsync();
    }

    private async Task ChangePasswordAsync()
    {
        var changed = replacement == repeated ? await application.ChangePasswordAsync(current, replacement, Gone) : Error.Invalid("The two new passwords are not the same.");
        (passwordError, isPasswordChanged) = (changed.Error, changed.IsSuccess);
        (current, replacement, repeated) = ("", "", "");
        if (changed.IsSuccess)
            await LoadAsync();
    }

    private async Task EndOthersAsync()
    {
        passwordError = (await application.EndOtherSessionsAsync(Gone)).Error;
        await LoadAsync();
    }
}
