using System.CommandLine;

namespace Mtl.Cli.Commands;

internal static class ModelsCommand
{
    public static Command Create(CommandContext context) => Listing.Create(
        context,
        "models",
        "Lists the exported models.",
        ["Model", "Version", "Run", "Parity", "Made"],
        (client, cancellation) => client.ModelsAsync(cancellation),
        model => [model.Name, $"{model.Version}", model.RunId, $"{model.ParityError:0.#e+0}", model.CreatedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm")],
        "There are no models yet. A completed run registers its own.",
        wrapping: ["Model"]);
}
