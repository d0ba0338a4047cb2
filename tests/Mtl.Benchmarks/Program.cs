using Mtl.Benchmarks.Data;
using Mtl.Benchmarks.Methods;
using Mtl.Benchmarks.Mixtures;
using Mtl.Benchmarks.Tracking;
using Mtl.Benchmarks.Train;

// Run as "mtl bench <name>".
switch (args)
{
    case []:
        return new[] { TrainBenchmark.Run([]), MixturesBenchmark.Run(), DataBenchmark.Run(), await TrackingBenchmark.RunAsync([]) }.Max();
    case ["train", .. var sizes]:
        return TrainBenchmark.Run(sizes);
    case ["methods", .. var arguments]:
        return MethodsBenchmark.Run(arguments);
    case ["mixtures"]:
        return MixturesBenchmark.Run();
    case ["data"]:
        return DataBenchmark.Run();
    case ["tracking", .. var words]:
        return await TrackingBenchmark.RunAsync(words);
    default:
        Console.Error.WriteLine($"There is no benchmark '{string.Join(' ', args)}'. Benchmarks are: train [batch/width ...], methods [--fresh] [--alone] [--only=row,...] [problem ...], mixtures, data, tracking [sqlite|postgres] [writing|search|history].");
        return 2;
}
