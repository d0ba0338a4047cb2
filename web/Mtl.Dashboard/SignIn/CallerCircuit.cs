using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Mtl.Application.Access;

namespace Mtl.Dashboard.SignIn;

/// <summary>Tells the application who calls through a page's connection: whoever the cookie named when it was made.</summary>
internal sealed class CallerCircuit(CallerContext context, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        await context.PresentAsync(
            SessionClaims.SessionOf(user) is { } session ? new Credential.SessionId(session) : Credential.None, SessionClaims.AddressOf(user), requestId: "", cancellationToken);
    }
}
