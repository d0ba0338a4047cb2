namespace Mtl.Learning.Preprocessing.Tokenizers;

/// <summary>Cuts texts into tokens. One folder per tokenizer: an options record, the class that learns the vocabulary, and the column it makes. Add its row to <see cref="TokenizerTable"/>.</summary>
public interface ITokenizer
{
    /// <summary>Learns the vocabulary; the same texts give the same one, whatever their order.</summary>
    /// <param name="column">The texts' column.</param>
    /// <param name="texts">The training rows' different texts, and how many rows have each.</param>
    TokenizedColumn Fit(string column, IReadOnlyList<(string Text, int Rows)> texts);
}
