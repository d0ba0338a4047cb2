namespace Mtl.Application.Access;

/// <summary>What a transport found on a request as proof of who calls. The application checks it.</summary>
public abstract record Credential
{
    private Credential()
    {
    }

    /// <summary>Nothing.</summary>
    public static Credential None { get; } = new NoCredential();

    /// <summary>The server itself, for its own work.</summary>
    public static Credential System { get; } = new SystemCredential();

    public sealed record NoCredential : Credential;

    public sealed record SystemCredential : Credential;

    /// <summary>A browser's session, by the id that its cookie holds under the server's own signature.</summary>
    public sealed record SessionId(string Id) : Credential;

    /// <summary>A token's secret, sent as Bearer, or by HTTP Basic as the password of <paramref name="Name"/> (null: sent alone).</summary>
    public sealed record Token(string Secret, string? Name = null) : Credential
    {
        public override string ToString() => "Token";
    }

    /// <summary>A name and a password, sent by HTTP Basic.</summary>
    public sealed record Password(string Name, string Secret) : Credential
    {
        public override string ToString() => "Password";
    }

    /// <summary>An Authorization header that is not understood.</summary>
    public sealed record Unreadable : Credential;
}
