using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Dashboard.SignIn;
using Mtl.Storage.Folders;
using Mtl.Tracking.People;

namespace Mtl.Host.People;

/// <summary>What a server is told about people from outside: environment variables and files. See docs/people.md.</summary>
/// <param name="External">The sign-in service; null for none.</param>
/// <param name="Administrator">Name and password of an administrator to be made if there is no user of that name; null for none.</param>
internal sealed record PeopleSetUp(PeopleOptions Options, ExternalSignIn? External, (string Name, string Password)? Administrator)
{
    public const string UserVariable = "MTL_ADMIN_USER";
    public const string PasswordFileVariable = "MTL_ADMIN_PASSWORD_FILE";
    public const string DefaultPermissionVariable = "MTL_DEFAULT_PERMISSION";
    public const string RequestsVariable = "MTL_REQUESTS_PER_SECOND";
    public const string SignInServiceVariable = "MTL_OAUTH_FILE";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Reads it all, or says what is wrong with it.</summary>
    public static Result<PeopleSetUp> Read(ServerOptions server, DataFolder folder, Func<string, string?> variable)
    {
        var administrator = AdministratorOf(variable(UserVariable), variable(PasswordFileVariable));
        var external = ExternalOf(variable(SignInServiceVariable));
        var permission = variable(DefaultPermissionVariable) is { Length: > 0 } name ? PermissionNames.Parse(name) : Permission.Read;
        var requests = RequestsOf(variable(RequestsVariable));
        if ((administrator.Error ?? external.Error ?? permission.Error ?? requests.Error) is { } wrong)
            return wrong;

        var options = new PeopleOptions
        {
            IsOpenWithoutUsers = IPAddress.IsLoopback(server.Listen),
            DefaultPermission = permission.Value,
            SignIn = server.SignIn,
            RequestsPerSecond = requests.Value,
            RequestBurst = requests.Value * 5,
            OwnerTokenHash = OwnerToken.Renew(folder),
        };
        return new PeopleSetUp(options, external.Value, administrator.Value);
    }

    /// <summary>Makes the administrator, and refuses to go on where nobody would have to sign in and others could come.</summary>
    public async Task<Error?> PrepareAsync(IServiceProvider services, IPAddress listen, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<IUserStore>();
        if (Administrator is var (name, password) && await users.FindByNameAsync(name, cancellation) is null)
        {
            await scope.ServiceProvider.GetRequiredService<CallerContext>().PresentAsync(Credential.System, from: null, requestId: "", cancellation);
            var made = await scope.ServiceProvider.GetRequiredService<IPeople>().CreateAsync(name, password, isAdministrator: true, cancellation);
            if (!made.IsSuccess)
                return made.Error with { Message = $"The administrator of {UserVariable} can't be made: {made.Error.Message}" };
        }

        return IPAddress.IsLoopback(listen) || await users.IsAnyoneAsync(administrators: true, cancellation)
            ? null
            : Error.Forbidden(
                $"The server has no administrator, so everyone who reaches {listen} could do everything.",
                $"Make one first: 'mtl admin create NAME', or {UserVariable} and {PasswordFileVariable}. Without --listen the server is for this machine alone.");
    }

    private static Result<(string, string)?> AdministratorOf(string? name, string? file)
    {
        if (string.IsNullOrEmpty(name) != string.IsNullOrEmpty(file))
            return Error.Invalid($"Only one of {UserVariable} and {PasswordFileVariable} is set.", "Set both, or neither.");
        if (string.IsNullOrEmpty(name))
            return ((string, string)?)null;
        return Text(file!, PasswordFileVariable).Map<(string, string)?>(text => (name, text.TrimEnd('\r', '\n')));
    }

    private static Result<int> RequestsOf(string? text) => string.IsNullOrEmpty(text)
        ? new PeopleOptions().RequestsPerSecond
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000
            ? number
            : Error.Invalid($"{RequestsVariable} is '{text}'; it must be a whole number from 1 to 1000000.");

    private static Result<ExternalSignIn?> ExternalOf(string? file)
    {
        if (string.IsNullOrEmpty(file))
            return (ExternalSignIn?)null;
        var text = Text(file, SignInServiceVariable);
        if (!text.IsSuccess)
            return text.Error;
        try
        {
            var read = JsonSerializer.Deserialize<ExternalSignIn>(text.Value, Json)!;
            var problems = new List<ValidationResult>();
            return Validator.TryValidateObject(read, new ValidationContext(read), problems, validateAllProperties: true)
                ? read
                : Error.Invalid($"The sign-in service in '{file}' is not complete: {string.Join(" ", problems.Select(problem => problem.ErrorMessage))}");
        }
        catch (JsonException e)
        {
            // Where, but not what: the file holds a secret.
            return Error.Invalid($"The sign-in service in '{file}' can't be read{(e.LineNumber is { } line ? $" at line {line + 1}" : "")}.", "docs/people.md shows what it must hold.");
        }
    }

    private static Result<string> Text(string file, string variable)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Error.Invalid($"The file '{file}' of {variable} can't be read: {e.Message}");
        }
    }
}
