using Mtl.Core;
using Mtl.Graph;
using Mtl.Graph.Onnx;

namespace Mtl.Runtime;

/// <summary>Which devices graphs can run on here.</summary>
public static class Devices
{
    private static readonly Lazy<IReadOnlyList<Device>> Found = new(() => [Device.Cpu, .. Cuda()]);

    /// <summary>The CPU, and every CUDA device on which a graph ran. Tried out once per process; that takes a second or two where there is a GPU.</summary>
    public static IReadOnlyList<Device> Available => Found.Value;

    /// <summary>Runs a small graph on the device.</summary>
    /// <returns>The device; or the error that a model would meet there.</returns>
    public static Result<Device> Try(Device device) =>
        Executable.Load(Probe(), "device probe", new() { Device = device }).Then<Device>(probe =>
        {
            using (probe)
            {
                try
                {
                    return probe.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of([1f], 1) }).Map(_ => device);
                }
                catch (ExecutionException e)
                {
                    return Error.Unavailable($"Device {device} is there, but nothing runs on it: {e.Message}");
                }
            }
        });

    private static IEnumerable<Device> Cuda() => SessionFactory.HasCudaProvider
        ? Enumerable.Range(0, 64).Select(Device.Cuda).TakeWhile(device => Try(device).IsSuccess)
        : [];

    private static byte[] Probe()
    {
        var x = Node.Input("x", ElementType.Float, [1]);
        return OnnxModel.Write(ComputationGraph.Of([("y", x + x)]));
    }
}
