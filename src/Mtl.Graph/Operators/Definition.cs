namespace Mtl.Graph.Operators;

/// <summary>
/// What an operator takes and gives. Each input has a type variable and the element types allowed for it; inputs with the same variable must agree.
/// The last input may repeat.
/// </summary>
internal sealed record Definition(IReadOnlyList<(string Variable, ElementType[] Allowed)> Inputs, Func<Call, IReadOnlyList<TensorType>> Infer)
{
    /// <summary>How many inputs must be there at least; all of them unless said otherwise.</summary>
    public int Required { get; init; } = Inputs.Count;

    /// <summary>Whether the last input may come any number of times.</summary>
    public bool Variadic { get; init; }

    /// <summary>The operator set: empty for ai.onnx.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The first version of the operator set that has it, where that is later than <see cref="Onnx.OnnxModel.Opsets"/> says.</summary>
    public long Since { get; init; }

    public IReadOnlyList<TensorType> Check(Call call)
    {
        var count = call.Inputs.Length;
        if (count < Required || (!Variadic && count > Inputs.Count))
        {
            var allowed = Variadic ? $"{Required} or more" : Required == Inputs.Count ? $"{Required}" : $"{Required} to {Inputs.Count}";
            return call.Fail<IReadOnlyList<TensorType>>($"takes {allowed} inputs, but got {count}");
        }

        var bound = new Dictionary<string, int>();
        for (var i = 0; i < count; i++)
        {
            var (variable, allowed) = Inputs[Math.Min(i, Inputs.Count - 1)];
            var type = call.Inputs[i].ElementType;
            if (!allowed.Contains(type))
                return call.Fail<IReadOnlyList<TensorType>>($"input {i} is {type}; allowed are {string.Join(", ", allowed)}");
            if (!bound.TryAdd(variable, i) && call.Inputs[bound[variable]].ElementType is var first && first != type)
                return call.Fail<IReadOnlyList<TensorType>>($"input {i} is {type}, but input {bound[variable]} is {first}; both must be the same, use Cast");
        }

        return Infer(call);
    }
}
