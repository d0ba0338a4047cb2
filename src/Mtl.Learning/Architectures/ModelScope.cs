using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>
/// A named part of a model under construction, from which layers take their parameters. A scope belongs to all tasks or to one, and with it every parameter made in it:
/// that alone decides what a gradient balancer combines and which parameters early stopping keeps together.
/// </summary>
public sealed class ModelScope
{
    private readonly ModelParts parts;
    private readonly string path;
    private readonly int? task;

    internal ModelScope(ModelParts parts, string path, int? task) => (this.parts, this.path, this.task) = (parts, path, task);

    /// <summary>A part of this part.</summary>
    public ModelScope In(string name) => new(parts, $"{path}/{name}", task);

    /// <summary>A trained tensor; its name is unique within the scope.</summary>
    public Node Parameter(string name, Shape shape, Initializer initializer)
    {
        var full = $"{path}/{name}";
        var node = Node.Parameter(full, shape);
        parts.Parameters.Add(new ParameterSpec(full, task, node, initializer));
        return node;
    }

    /// <summary>x·W + b: [batch, n] → [batch, outputs].</summary>
    public Node Linear(Node x, int outputs, Initializer? weight = null, Initializer? bias = null)
    {
        var inputs = (int)x.Shape[^1].Value;
        var w = Parameter("weight", [inputs, outputs], weight ?? Initializers.Glorot(inputs, outputs));
        var b = Parameter("bias", [outputs], bias ?? Initializers.Zeros);
        return x.Dense(w, b);
    }

    /// <summary>
    /// Inverted dropout: in training x·mask with the mask given for each step; the identity in evaluation and export.
    /// Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
    /// </summary>
    public Node Dropout(Node x, double rate)
    {
        if (!parts.Training || rate == 0)
            return x;
        var name = $"{path}/dropout";
        var mask = Node.Input(name, ElementType.Float, x.Shape);
        parts.Masks.Add(new DropoutMask(name, mask, rate, (int)x.Shape[^1].Value));
        return x * mask;
    }
}

/// <summary>What the scopes of one model collect.</summary>
internal sealed class ModelParts(bool training)
{
    /// <summary>Whether the model is built for training (with dropout) or for evaluation.</summary>
    public bool Training => training;

    public List<ParameterSpec> Parameters { get; } = [];

    public List<DropoutMask> Masks { get; } = [];
}
