namespace Mtl.Core.Definitions;

/// <summary>What a task predicts.</summary>
public enum TaskKind
{
    /// <summary>One real number.</summary>
    Regression,

    /// <summary>One of two labels, as the probability of the positive one.</summary>
    Binary,

    /// <summary>One of several labels, as a probability for each.</summary>
    Multiclass,

    /// <summary>Any number of several labels, as a probability for each.</summary>
    Multilabel,

    /// <summary>The model's own dense features, so that it learns without labels (an autoencoder).</summary>
    Reconstruction,

    /// <summary>One of several tags for each word of the text, as a probability for each; the column has the tags with spaces between.</summary>
    Tagging,

    /// <summary>A number within bounds, such as stars: min + (max − min)·σ(z).</summary>
    Rating,
}
