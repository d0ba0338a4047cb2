using System.CommandLine;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Spectre.Console;

namespace Mtl.Cli.Commands;

/// <summary>Lists the catalogue: a line per method, or with all there is to say of it when few are left by the words and the kind.</summary>
internal static class MethodsCommand
{
    /// <summary>Up to so many methods are shown in full.</summary>
    private const int FewMethods = 3;

    public static Command Create(CommandContext context)
    {
        var words = new Argument<string[]>("words") { Description = "Shows methods with all of these words in key, title, description, options or source.", Arity = ArgumentArity.ZeroOrMore };
        var kind = new Option<MethodKind?>("--kind") { Description = $"Only methods of this kind: {string.Join(", ", Enum.GetNames<MethodKind>().Select(name => name.ToLowerInvariant()))}." };
        var markdown = new Option<bool>("--markdown") { Description = "Writes all of it as a Markdown page (docs/methods.md)." };
        var command = new Command("methods", "Lists the methods, their options and defaults.") { words, kind, markdown };
        command.SetAction(context, (parsed, cancellation) => context.WithServerAsync(parsed.GetValue(CommandTable.DataFolder), async client =>
        {
            var methods = MethodSearch.Find(await client.MethodsAsync(cancellation), string.Join(' ', parsed.GetValue(words) ?? []), parsed.GetValue(kind));
            if (parsed.GetValue(markdown))
                await Console.Out.WriteAsync(MethodsPage.Write(methods));
            else if (methods.Count == 0)
                throw new CommandFailedException(Error.NotFound("No method has all of these words.", "Take fewer words, or leave --kind out."));
            else if (methods.Count <= FewMethods)
                Describe(context.Console, methods);
            else
                List(context.Console, methods);
            return 0;
        }, cancellation));
        return command;
    }

    private static void List(IAnsiConsole console, IReadOnlyList<MethodInfo> methods)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(new TableColumn("Kind").NoWrap(), new TableColumn("Key").NoWrap(), new TableColumn("Method"), new TableColumn("Options"));
        foreach (var method in methods)
            table.AddRow(new Text(Noun(method)), new Text(method.Key), new Text($"{method.Title}: {method.Description}"), new Text(string.Join(", ", method.Options.Select(option => option.Name))));
        console.Write(table);
        console.WriteLine($"{methods.Count} methods. Words and --kind narrow them down; {FewMethods} or fewer are shown with formula, options and source.");
    }

    private static void Describe(IAnsiConsole console, IReadOnlyList<MethodInfo> methods)
    {
        foreach (var method in methods)
        {
            console.WriteLine($"{method.Title} ({Noun(method)} {method.Key})", new Style(decoration: Decoration.Bold));
            console.WriteLine($"{method.Description}\n");
            console.WriteLine(string.Join('\n', method.Formula.Split('\n').Select(line => $"    {line}")));
            if (method.Options.Count > 0)
            {
                var table = new Table().Border(TableBorder.Simple).AddColumns(new TableColumn("Option").NoWrap(), new TableColumn("Default").NoWrap(), new TableColumn("What it does"));
                foreach (var option in method.Options)
                    table.AddRow(new Text(option.Name), new Text(Show(option.Default)), new Text(option.Description));
                console.Write(table);
            }

            console.WriteLine($"\n{method.Source}\n");
        }
    }

    private static string Noun(MethodInfo method) => method.Kind.ToString().ToLowerInvariant();

    private static string Show(object value) => value is System.Text.Json.JsonElement element ? element.ToString() : $"{value}";
}
