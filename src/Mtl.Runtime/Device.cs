using System.Globalization;
using Mtl.Core;

namespace Mtl.Runtime;

public enum DeviceKind
{
    Cpu,
    Cuda,
}

/// <summary>Where a graph runs: <c>cpu</c>, or <c>cuda:0</c>, <c>cuda:1</c>, ….</summary>
/// <param name="Kind">The kind of processor.</param>
/// <param name="Id">Which one of its kind, from 0; always 0 for the CPU.</param>
public readonly record struct Device(DeviceKind Kind, int Id)
{
    public static Device Cpu => default;

    public static Device Cuda(int id = 0) => new(DeviceKind.Cuda, id);

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> (the first one) or <c>cuda:N</c>.</summary>
    public static Result<Device> Parse(string text) => text.Split(':') switch
    {
        ["cpu"] => Cpu,
        ["cuda"] => Cuda(),
        ["cuda", var id] when int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => Cuda(number),
        _ => Error.Invalid($"'{text}' is not a device. Devices are: cpu, cuda, cuda:0, cuda:1, ….", field: "device"),
    };

    public override string ToString() => Kind == DeviceKind.Cpu ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Id}");
}
