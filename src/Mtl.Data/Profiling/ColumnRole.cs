namespace Mtl.Data.Profiling;

/// <summary>What a column that is no task may be good for.</summary>
public enum ColumnRole
{
    /// <summary>Something to learn from.</summary>
    Input,

    /// <summary>Tells rows apart and says nothing else: to be left out.</summary>
    Identifier,

    /// <summary>One value at most: to be left out.</summary>
    Constant,

    /// <summary>Labels rows as train, val and test: to be used as split column.</summary>
    Split,

    /// <summary>Texts of several words, nearly all different: nothing to learn from as categories, something to read as a text.</summary>
    Text,

    /// <summary>A tag for each word of a text: labels of a tagging task.</summary>
    Tags,
}
