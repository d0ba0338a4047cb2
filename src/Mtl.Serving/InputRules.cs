using Mtl.Core;
using Mtl.Runtime;

namespace Mtl.Serving;

/// <summary>What a request must be like, in the words of its sender.</summary>
internal static class InputRules
{
    public static Error? Broken(Executable model, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string> outputs)
    {
        foreach (var name in inputs.Keys)
            if (model.Inputs.All(input => input.Name != name))
                return Error.Invalid($"Model '{model.Name}' has no input '{name}'; its inputs are {string.Join(", ", model.Inputs.Select(input => input.Name))}.", field: name);

        long? rows = null;
        foreach (var input in model.Inputs)
        {
            if (!inputs.TryGetValue(input.Name, out var tensor))
                return Error.Invalid($"The input '{input.Name}' of model '{model.Name}' is not given.", "Give every input; NaN and the empty text stand for missing values.", input.Name);
            if (tensor.Type != input.Type)
                return Error.Invalid($"The input '{input.Name}' has the type {tensor.Type}; the model takes {input.Type}.", field: input.Name);
            if (tensor.Shape is not [> 0, 1])
                return Error.Invalid($"The input '{input.Name}' has the shape [{string.Join(", ", tensor.Shape)}]; the model takes [rows, 1] with at least one row.", field: input.Name);
            if (rows is { } expected && tensor.Shape[0] != expected)
                return Error.Invalid($"The input '{input.Name}' has {tensor.Shape[0]} rows, others have {expected}; all inputs must have as many.", field: input.Name);
            rows = tensor.Shape[0];
        }

        return outputs.FirstOrDefault(name => model.Outputs.All(output => output.Name != name)) is { } unknown
            ? Error.Invalid($"Model '{model.Name}' has no output '{unknown}'; its outputs are {string.Join(", ", model.Outputs.Select(output => output.Name))}.", field: unknown)
            : null;
    }
}
