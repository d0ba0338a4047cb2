using Mtl.Core;
using Mtl.Graph;
using Mtl.Runtime;

namespace Mtl.Serving;

/// <summary>What a request must be like, in the words of its sender. Whatever passes can share a run with other requests without harming them.</summary>
internal static class InputRules
{
    /// <param name="model">The loaded model.</param>
    /// <param name="texts">Inputs that are given as texts, whatever the model itself takes.</param>
    /// <param name="inputs">What is given.</param>
    /// <param name="outputs">What is asked for.</param>
    public static Error? Broken(Executable model, TextInputs texts, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string> outputs)
    {
        foreach (var name in inputs.Keys)
            if (model.Inputs.All(input => input.Name != name))
                return Error.Invalid($"Model '{model.Name}' has no input '{name}'; its inputs are {List(model.Inputs)}.", field: name);

        long? rows = null;
        foreach (var input in model.Inputs)
        {
            if (!inputs.TryGetValue(input.Name, out var tensor))
                return Error.Invalid($"The input '{input.Name}' of model '{model.Name}' is not given.", "Give every input; NaN and the empty text stand for missing values.", input.Name);
            var type = texts.Contains(input.Name) ? ElementType.String : input.Type;
            if (tensor.Type != type)
                return Error.Invalid($"The input '{input.Name}' of model '{model.Name}' holds {Content(tensor.Type)}; the model takes {Content(type)}.", field: input.Name);
            if (tensor.Shape is not [> 0, 1])
                return Error.Invalid($"The input '{input.Name}' has the shape [{string.Join(", ", tensor.Shape)}]; the model takes [rows, 1] with at least one row.", field: input.Name);
            if (rows is { } expected && tensor.Shape[0] != expected)
                return Error.Invalid($"The input '{input.Name}' has {tensor.Shape[0]} rows, others have {expected}; all inputs must have as many.", field: input.Name);
            if (tensor is Tensor<string> given && Array.IndexOf(given.Items, null) is >= 0 and var row)
                return Error.Invalid($"The input '{input.Name}' is null in row {row}.", "Give the empty text for a missing value.", input.Name);
            rows = tensor.Shape[0];
        }

        if (outputs.FirstOrDefault(name => model.Outputs.All(output => output.Name != name)) is { } unknown)
            return Error.Invalid($"Model '{model.Name}' has no output '{unknown}'; its outputs are {List(model.Outputs)}.", field: unknown);
        if (outputs.Count == 0)
            return Error.Invalid($"No output of model '{model.Name}' is asked for; its outputs are {List(model.Outputs)}.");
        return outputs.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? Error.Invalid($"The output '{twice.Key}' is asked for {twice.Count()} times; once is enough.", field: twice.Key)
            : null;
    }

    private static string List(IEnumerable<TensorSpec> tensors) => string.Join(", ", tensors.Select(tensor => tensor.Name));

    private static string Content(ElementType type) => type switch
    {
        ElementType.Float => "numbers",
        ElementType.String => "texts",
        _ => $"{type} values",
    };
}
