using Mtl.Runtime;

namespace Mtl.Serving;

/// <summary>Joins the rows of several requests, and takes them apart again.</summary>
internal static class BatchTensors
{
    public static Dictionary<string, Tensor> Join(IReadOnlyList<InferenceRequest> requests) =>
        requests[0].Inputs.Keys.ToDictionary(name => name, name => Join([.. requests.Select(request => request.Inputs[name])]));

    /// <summary>Rows <paramref name="first"/> to <paramref name="first"/> + <paramref name="rows"/> of a row-major tensor.</summary>
    public static Tensor Slice(Tensor tensor, int first, int rows) => tensor switch
    {
        _ when first == 0 && tensor.Shape[0] == rows => tensor,
        Tensor<float> numbers => Slice(numbers, first, rows),
        Tensor<string> texts => Slice(texts, first, rows),
        Tensor<long> whole => Slice(whole, first, rows),
        _ => throw new NotSupportedException($"Outputs of type {tensor.Type} are not served."),
    };

    private static Tensor<T> Slice<T>(Tensor<T> tensor, int first, int rows)
    {
        var width = tensor.Items.Length / (int)tensor.Shape[0];
        return Tensor.Of(tensor.Items[(first * width)..((first + rows) * width)], [rows, .. tensor.Shape.AsSpan()[1..]]);
    }

    private static Tensor Join(Tensor[] tensors) => tensors[0] switch
    {
        Tensor<float> => Join<float>(tensors),
        Tensor<string> => Join<string>(tensors),
        var other => throw new NotSupportedException($"Inputs of type {other.Type} are not served."),
    };

    private static Tensor<T> Join<T>(Tensor[] columns)
    {
        var joined = new T[columns.Sum(column => column.Shape[0])];
        var rows = 0;
        foreach (var column in columns)
        {
            column.Values<T>().CopyTo(joined, rows);
            rows += (int)column.Shape[0];
        }

        return Tensor.Column(joined);
    }
}
