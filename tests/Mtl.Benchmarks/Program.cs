using Mtl.Benchmarks.Train;

// Run as "mtl bench <name>".
switch (args)
{
    case []:
        return TrainBenchmark.Run([]);
    case ["train", .. var sizes]:
        return TrainBenchmark.Run(sizes);
    default:
        Console.Error.WriteLine($"There is no benchmark '{string.Join(' ', args)}'. Benchmarks are: train [batch/width ...].");
        return 2;
}
