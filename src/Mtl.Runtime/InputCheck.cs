using Mtl.Core;

namespace Mtl.Runtime;

/// <summary>Compares what a caller gives with what a model takes, before ONNX Runtime sees it.</summary>
internal static class InputCheck
{
    /// <summary>The first thing wrong; null when all fits.</summary>
    public static Error? Of(Executable model, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string> outputs)
    {
        var free = new Dictionary<string, (long Size, string Input)>();
        foreach (var spec in model.Inputs)
        {
            if (!inputs.TryGetValue(spec.Name, out var tensor))
            {
                return Error.Invalid($"Model '{model.Name}' needs input '{spec.Name}' ({spec}), which was not given.", $"Its inputs are: {List(model.Inputs)}.", spec.Name);
            }

            if (tensor.Type != spec.Type || !spec.Accepts(tensor.Shape.AsSpan()))
            {
                return Error.Invalid($"Input '{spec.Name}' of model '{model.Name}' was given as {tensor}; it has to be {spec}.", field: spec.Name);
            }

            for (var i = 0; i < spec.Shape.Rank; i++)
            {
                var symbol = spec.Shape[i].Symbol;
                if (symbol is not (null or TensorSpec.Unnamed) && !free.TryAdd(symbol, (tensor.Shape[i], spec.Name)) && free[symbol].Size != tensor.Shape[i])
                {
                    return Error.Invalid(
                        $"Inputs '{free[symbol].Input}' and '{spec.Name}' of model '{model.Name}' disagree about {symbol}: {free[symbol].Size} and {tensor.Shape[i]}.",
                        field: spec.Name);
                }
            }
        }

        return inputs.Keys.FirstOrDefault(name => !model.Inputs.Any(spec => spec.Name == name)) is { } unknown
            ? Error.Invalid($"Model '{model.Name}' has no input '{unknown}'.", $"Its inputs are: {List(model.Inputs)}.", unknown)
            : outputs.FirstOrDefault(name => !model.Outputs.Any(spec => spec.Name == name)) is { } absent
                ? Error.Invalid($"Model '{model.Name}' has no output '{absent}'.", $"Its outputs are: {List(model.Outputs)}.", absent)
                : null;
    }

    public static string List(IEnumerable<TensorSpec> specs) => string.Join(", ", specs.Select(spec => $"{spec.Name} ({spec})"));
}
