namespace Mtl.Core.Definitions;

/// <summary>As what a model sees some of its input columns; each kind has encoders of its own.</summary>
public enum ModalityKind
{
    /// <summary>Numbers and categories, each by itself: what every input column is that belongs to no modality.</summary>
    Columns,

    /// <summary>One column of texts, as a sequence of tokens.</summary>
    Text,

    /// <summary>Columns of numbers that are the pixels of an image, channel by channel, row by row.</summary>
    Image,

    /// <summary>Columns of numbers that follow each other in time; with several channels, those of one moment stand together.</summary>
    Series,
}
