namespace Mtl.Runtime;

/// <summary>Which tensor is bound to which input and output, checked against the model, and the same for fewer rows.</summary>
internal sealed class BindingPlan
{
    private readonly Executable model;

    public BindingPlan(Executable model, IReadOnlyDictionary<string, TensorView> inputs, IReadOnlyDictionary<string, TensorView> outputs)
    {
        this.model = model;
        Inputs = [.. model.Inputs.Select(spec => (spec, inputs.TryGetValue(spec.Name, out var view)
            ? view
            : throw new ArgumentException($"Model '{model.Name}' needs input '{spec.Name}' ({spec}), which was not bound.", nameof(inputs))))];
        Outputs = [.. model.Outputs.Where(spec => outputs.ContainsKey(spec.Name)).Select(spec => (spec, outputs[spec.Name]))];
        RefuseUnknown("input", inputs.Keys, Inputs);
        RefuseUnknown("output", outputs.Keys, Outputs);
        foreach (var (spec, view) in Inputs.Concat(Outputs))
        {
            if (view.Type != spec.Type || !spec.Accepts(view.Shape.AsSpan()))
            {
                throw new ArgumentException($"'{spec.Name}' of model '{model.Name}' was bound to {view}; it has to be {spec}.");
            }
        }

        RefuseOverlap();
        var batched = Inputs.Concat(Outputs).Where(bound => bound.Spec.IsBatched).ToList();
        var counts = batched.Select(bound => bound.View.Shape[0]).Distinct().ToList();
        Capacity = counts.Count == 1 ? checked((int)counts[0]) : 0;
        Limits = counts.Count switch
        {
            0 => "none of its bound tensors has a free leading dimension, so only Run() is possible",
            1 => $"its buffers hold from 1 to {Capacity}",
            _ => "its tensors with a free leading dimension have different numbers of rows ("
                + string.Join(", ", batched.Select(bound => $"{bound.Spec.Name}: {bound.View.Shape[0]}")) + "), so only Run() is possible",
        };
    }

    public (TensorSpec Spec, TensorView View)[] Inputs { get; private init; }

    public (TensorSpec Spec, TensorView View)[] Outputs { get; private init; }

    /// <summary>Rows that every tensor with a free leading dimension has; 0 when there is no such number.</summary>
    public int Capacity { get; }

    /// <summary>Which numbers of rows are possible, as half a sentence.</summary>
    public string Limits { get; }

    public IEnumerable<TensorView> Tensors => Inputs.Concat(Outputs).Select(bound => bound.View);

    /// <summary>The bound tensors, those with a free leading dimension cut to their first rows.</summary>
    public BoundTensors For(int rows)
    {
        return new BoundTensors([.. Inputs.Select(Cut)], [.. Outputs.Select(Cut)]);

        (string Name, TensorView View) Cut((TensorSpec Spec, TensorView View) bound) =>
            (bound.Spec.Name, Capacity > 0 && bound.Spec.IsBatched ? bound.View.Rows(rows) : bound.View);
    }

    private void RefuseUnknown(string what, IEnumerable<string> names, (TensorSpec Spec, TensorView View)[] known)
    {
        if (names.FirstOrDefault(name => !known.Any(bound => bound.Spec.Name == name)) is { } unknown)
        {
            var there = what == "input" ? model.Inputs : model.Outputs;
            throw new ArgumentException($"Model '{model.Name}' has no {what} '{unknown}'. Its {what}s are: {InputCheck.List(there)}.");
        }
    }

    /// <summary>ONNX Runtime accepts an output in an input's memory and then computes silently wrong: the input changes before its last use.</summary>
    private void RefuseOverlap()
    {
        for (var i = 0; i < Outputs.Length; i++)
        {
            var (output, view) = Outputs[i];
            foreach (var (other, role) in Inputs.Select(bound => (bound, "input")).Concat(Outputs[..i].Select(bound => (bound, "output"))))
            {
                if (view.Overlaps(other.View))
                {
                    throw new ArgumentException(
                        $"Output '{output.Name}' of model '{model.Name}' was bound to memory that {role} '{other.Spec.Name}' is bound to. "
                        + "ONNX Runtime would overwrite it while it is still read; bind the output to a buffer of its own.");
                }
            }
        }
    }
}

/// <summary>Tensors by name, as one run takes them.</summary>
internal sealed record BoundTensors((string Name, TensorView View)[] Inputs, (string Name, TensorView View)[] Outputs)
{
    public override string ToString() => string.Join(", ", Inputs.Concat(Outputs).Select(bound => $"{bound.Name}: {bound.View}"));
}
