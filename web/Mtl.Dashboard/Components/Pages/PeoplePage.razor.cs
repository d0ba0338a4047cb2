using Microsoft.AspNetCore.Components;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Dashboard.Handing;
using Radzen;

namespace Mtl.Dashboard.Components.Pages;

public sealed partial class PeoplePage(IPeople application, DialogService dialogs, Handover handover) : LivePage
{
    private IReadOnlyList<UserSummary>? users;
    private IReadOnlyList<TeamSummary>? teams;
    private Error? error;
    private Error? refusal;
    private string? chosen;
    private string password = "";
    private string newName = "";
    private string newPassword = "";
    private bool newIsAdministrator;

    [SupplyParameterFromQuery]
    private string? Tab { get; set; }

    private string CurrentTab => Tab == "teams" ? "teams" : "users";

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var readUsers = await handover.ReadAsync(RendererInfo, "users", () => application.ListAsync(Gone));
        var readTeams = await handover.ReadAsync(RendererInfo, "teams", () => application.TeamsAsync(Gone));
        error = readUsers.Error ?? readTeams.Error;
        (users, teams) = (readUsers.Match<IReadOnlyList<UserSummary>?>(value => value, _ => null), readTeams.Match<IReadOnlyList<TeamSummary>?>(value => value, _ => null));
    }

    private void Choose(string? name) => (chosen, password) = (name, "");

    private async Task<bool> DoAsync(Func<IPeople, Task<Result<bool>>> work)
    {
        var done = await work(application);
        refusal = done.Error;
        await LoadAsync();
        return done.IsSuccess;
    }

    private async Task ResetAsync()
    {
        if (await DoAsync(people => people.ResetPasswordAsync(chosen!, password, Gone)))
            Choose(null);
        password = "";
    }

    private IEnumerable<IReadOnlyList<string>> Csv() => users!.Select(user => (IReadOnlyList<string>)
    [
        user.Name, Word(user.IsAdministrator), Word(user.IsDisabled), Word(user.IsGuarded), Word(user.SignsInElsewhere), string.Join(", ", user.Teams), CsvText.Time(user.LastSignInAt), CsvText.Time(user.CreatedAt),
    ]);

    private static string Word(bool value) => value ? "true" : "false";

    private async Task CreateAsync()
    {
        var created = await application.CreateAsync(newName, newPassword, newIsAdministrator, Gone);
        (refusal, newPassword) = (created.Error, "");
        if (created.IsSuccess)
            (newName, newIsAdministrator) = ("", false);
        await LoadAsync();
    }

    private async Task RemoveAsync(UserSummary user)
    {
        var isSure = await dialogs.Confirm(
            $"'{user.Name}' can't sign in any more; their tokens and permissions go. What they made and did stays.", "Remove this user?", new ConfirmOptions { OkButtonText = "Remove", CancelButtonText = "Keep them" });
        if (isSure == true)
            await DoAsync(people => people.RemoveAsync(user.Name, Gone));
    }
}
