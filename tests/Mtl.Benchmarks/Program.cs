using Mtl.Benchmarks.Data;
using Mtl.Benchmarks.Tracking;
using Mtl.Benchmarks.Train;

// Run as "mtl bench <name>".
switch (args)
{
    case []:
        return Math.Max(TrainBenchmark.Run([]), Math.Max(DataBenchmark.Run(), await TrackingBenchmark.RunAsync()));
    case ["train", .. var sizes]:
        return TrainBenchmark.Run(sizes);
    case ["data"]:
        return DataBenchmark.Run();
    case ["tracking"]:
        return await TrackingBenchmark.RunAsync();
    default:
        Console.Error.WriteLine($"There is no benchmark '{string.Join(' ', args)}'. Benchmarks are: train [batch/width ...], data, tracking.");
        return 2;
}
