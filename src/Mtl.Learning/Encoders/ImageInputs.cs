using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders;

/// <summary>Images as convolutions take them.</summary>
internal static class ImageInputs
{
    /// <summary>The image with its channels last: [batch, height, width, channels].</summary>
    public static Node ChannelsLast(this ModelInputs inputs)
    {
        var image = inputs.Image ?? throw new InvalidOperationException("There is no image among the inputs.");
        var shape = image.Shape;
        return shape[1] == 1 ? image.Reshape([shape[0], shape[2], shape[3], 1]) : image.Transpose(0, 2, 3, 1);
    }
}
