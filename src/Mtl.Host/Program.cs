using System.CommandLine;
using Mtl.Cli.Commands;
using Mtl.Host;
using Mtl.Host.Commands;

var context = new CommandContext(new ServerAccess(), Terminal.Console(), Environment.CurrentDirectory);
var root = new RootCommand("MtlPlatform: trains one model for several tasks, compares, serves. See README.md.") { UpCommand.Create(context) };
root.Options.Add(CommandTable.DataFolder);
foreach (var command in CommandTable.Commands(context).Concat(BackupCommands.Create(context)))
    root.Subcommands.Add(command);

// A server that is told to stop has a checkpoint to write; whoever can't wait for it sends SIGKILL.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(75) });
