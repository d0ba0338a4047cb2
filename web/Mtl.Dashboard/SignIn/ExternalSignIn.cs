using System.ComponentModel.DataAnnotations;

namespace Mtl.Dashboard.SignIn;

/// <summary>A sign-in service that speaks OAuth 2.0 with a user information endpoint, as every OpenID Connect provider does.</summary>
public sealed record ExternalSignIn
{
    /// <summary>As the sign-in page names it. Together with a person's id there it names their account, so it must not change.</summary>
    [Required]
    public required string Name { get; init; }

    [Required]
    public required string ClientId { get; init; }

    [Required]
    public required string ClientSecret { get; init; }

    [Required, Url]
    public required string AuthorizationEndpoint { get; init; }

    [Required, Url]
    public required string TokenEndpoint { get; init; }

    [Required, Url]
    public required string UserInformationEndpoint { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile"];

    /// <summary>The field of the user information that never changes for a person (GitHub: <c>id</c>).</summary>
    public string SubjectField { get; init; } = "sub";

    /// <summary>The field that becomes the name of a new account (GitHub: <c>login</c>).</summary>
    public string NameField { get; init; } = "preferred_username";

    /// <summary>Whether people without an account get one when they first come, with the default permission; otherwise they are turned away.</summary>
    public bool MakesAccounts { get; init; }
}
