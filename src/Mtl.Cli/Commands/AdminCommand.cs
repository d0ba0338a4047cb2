using System.CommandLine;
using Mtl.Core;
using Spectre.Console;

namespace Mtl.Cli.Commands;

/// <summary>What the owner of a data folder can do for people who can't sign in: make an administrator, set a password.</summary>
internal static class AdminCommand
{
    private const string FromInput = "-";

    public static Command Create(CommandContext context) => new("admin", "Makes administrators and sets passwords.")
    {
        Make(context, "create", "Adds an administrator. From the first one on, everyone has to sign in.",
            (client, name, password, cancellation) => client.CreateUserAsync(name, password, isAdministrator: true, cancellation), name => $"Added the administrator '{name}'."),
        Make(context, "password", "Sets a user's password and ends their sessions.",
            (client, name, password, cancellation) => client.SetPasswordAsync(name, password, cancellation), name => $"Set the password of '{name}'."),
    };

    private static Command Make(
        CommandContext context, string word, string description, Func<ApiClient, string, string, CancellationToken, Task> work, Func<string, string> done)
    {
        var user = new Argument<string>("NAME") { Description = "The user's name." };
        var file = new Option<string?>("--password-file") { Description = "File that holds the password, or - for standard input. It is asked for otherwise.", HelpName = "FILE" };
        var command = new Command(word, description) { user, file };
        command.SetAction(context, (parsed, cancellation) =>
        {
            var name = parsed.GetValue(user)!;
            var password = PasswordFrom(context, parsed.GetValue(file));
            return context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
            {
                await work(client, name, password, cancellation);
                context.Console.WriteLine(done(name));
                return 0;
            }, cancellation);
        });
        return command;
    }

    private static string PasswordFrom(CommandContext context, string? file)
    {
        if (file == FromInput)
            return (Console.In.ReadLine() ?? "").TrimEnd('\r');
        if (file is not null)
            return File.ReadAllText(Path.GetFullPath(file, context.WorkingFolder)).TrimEnd('\r', '\n');
        if (!context.Console.Profile.Capabilities.Interactive)
            throw new CommandFailedException(Error.Invalid("There is no terminal to ask for the password on.", "Give it with --password-file FILE, or --password-file - and standard input."));

        var password = context.Console.Prompt(new TextPrompt<string>("Password:").Secret());
        return password == context.Console.Prompt(new TextPrompt<string>("Again:").Secret())
            ? password
            : throw new CommandFailedException(Error.Invalid("The two passwords are not the same."));
    }
}
