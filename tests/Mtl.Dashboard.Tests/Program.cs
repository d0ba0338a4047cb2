using Mtl.Dashboard.Tests.Development;
using Xunit.Runner.InProc.SystemConsole;

if (args is not ["serve", var port])
    return await ConsoleRunner.Run(args);

await using var site = DevelopmentSite.Create($"http://127.0.0.1:{port}");
await site.RunAsync();
return 0;
