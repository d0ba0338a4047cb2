using Spectre.Console;

namespace Mtl.Host.Commands;

/// <summary>Where commands print.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 160;

    /// <summary>The terminal as it is; plain text in wide lines when the output goes to a file or a pipe.</summary>
    public static IAnsiConsole Console()
    {
        if (!System.Console.IsOutputRedirected)
            return AnsiConsole.Console;

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        console.Profile.Width = RedirectedWidth;
        return console;
    }
}
