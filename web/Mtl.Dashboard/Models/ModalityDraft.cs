using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;

namespace Mtl.Dashboard.Models;

/// <summary>A text, an image or a series among the inputs, being described.</summary>
public sealed class ModalityDraft
{
    private static readonly OptionInfo[] Options =
    [
        new("channels", OptionType.Integer, 1L, "Numbers for each pixel of an image, or each moment of a series.", 1, 1024),
        new("height", OptionType.Integer, 0L, "Rows of the image; 0 for a square one.", 0),
        new("width", OptionType.Integer, 0L, "Columns of the image; 0 for a square one.", 0),
    ];

    private readonly ICatalogue catalogue;
    private readonly ModalityDefinition origin;

    public ModalityDraft(ICatalogue catalogue, ModalityDefinition modality)
    {
        (this.catalogue, origin) = (catalogue, modality);
        (Name, Kind, Columns) = (modality.Name, modality.Kind, modality.Columns);
        Encoder = new MethodDraft(catalogue, MethodKind.Encoder, modality.Encoder);
        Tokenizer = new MethodDraft(catalogue, MethodKind.Tokenizer, modality.Tokenizer);
        Shape = new OptionForm(Options, [new("channels", modality.Channels), new("height", modality.Height), new("width", modality.Width)]);
    }

    public string Name { get; set; }

    public ModalityKind Kind { get; }

    /// <summary>Names or patterns of its columns.</summary>
    public IReadOnlyList<string> Columns { get; set; }

    /// <summary>What reads it; no key for the model's own encoder.</summary>
    public MethodDraft Encoder { get; }

    /// <summary>How a text becomes tokens; no key for the usual one.</summary>
    public MethodDraft Tokenizer { get; }

    public OptionForm Shape { get; }

    /// <summary>The fields of its shape that its kind has: none for a text, channels for a series, height and width besides for an image.</summary>
    public IReadOnlyList<OptionField> Fields => Kind switch
    {
        ModalityKind.Image => Shape.Fields,
        ModalityKind.Series => [Shape["channels"]],
        _ => [],
    };

    /// <summary>The encoders that read its kind, and the chosen one whatever it reads.</summary>
    public IReadOnlyList<MethodInfo> Encoders
    {
        get
        {
            var fitting = catalogue.EncodersFor(Kind);
            return [.. Encoder.Methods.Where(method => fitting.Contains(method.Key) || method.Key == Encoder.Key)];
        }
    }

    public bool IsReadable => Fields.All(option => option.Problem is null) && Encoder.Form.IsValid && Tokenizer.Form.IsValid;

    /// <summary>A new one with the usual methods of its kind.</summary>
    public static ModalityDraft Of(ICatalogue catalogue, string name, ModalityKind kind, IReadOnlyList<string> columns) => new(catalogue, new ModalityDefinition(name, kind, columns)
    {
        Encoder = catalogue.EncodersFor(kind) is [var usual, ..] ? new Choice(usual) : null,
        Tokenizer = kind == ModalityKind.Text && catalogue.Methods.FirstOrDefault(method => method.Kind == MethodKind.Tokenizer) is { } tokenizer ? new Choice(tokenizer.Key) : null,
    });

    public bool Covers(string column) => Columns.Any(pattern => ModalityDefinition.Fits(pattern, column));

    public ModalityDefinition ToDefinition() => origin with
    {
        Name = Name.Trim(),
        Kind = Kind,
        Columns = Columns,
        Encoder = Encoder.ToChoice(),
        Tokenizer = Tokenizer.ToChoice(),
        Channels = Size("channels"),
        Height = Size("height"),
        Width = Size("width"),
    };

    /// <summary>A number of its shape; 0 for what can't be read.</summary>
    public int Size(string field) => Shape[field].Read() is { IsSuccess: true } read ? (int)Math.Min(int.MaxValue, read.Value.GetValue<long>()) : 0;
}
