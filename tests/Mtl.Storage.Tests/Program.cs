using Mtl.Storage.Tests;
using Xunit.Runner.InProc.SystemConsole;

return args is [KilledProcessTests.ChildArgument, var folder]
    ? await KilledProcessTests.WriteUntilKilledAsync(folder)
    : await ConsoleRunner.Run(args);
