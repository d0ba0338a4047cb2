using System.CommandLine;

namespace Mtl.Cli.Commands;

internal static class MethodsCommand
{
    public static Command Create(CommandContext context) => Listing.Create(
        context,
        "methods",
        "Lists every method with its options.",
        ["Kind", "Key", "Method", "Options"],
        (client, cancellation) => client.MethodsAsync(cancellation),
        method => [method.Kind.ToString().ToLowerInvariant(), method.Key, $"{method.Title}: {method.Description}", string.Join("\n", method.Options.Select(option => $"{option.Name} = {Show(option.Default)}"))],
        "The catalogue is empty.",
        wrapping: ["Method"]);

    private static string Show(object value) => value is System.Text.Json.JsonElement element ? element.ToString() : $"{value}";
}
