using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Encoders.ImageCnn;
using Mtl.Learning.Encoders.Mlp;
using Mtl.Learning.Encoders.ResNet;
using Mtl.Learning.Encoders.TemporalCnn;
using Mtl.Learning.Encoders.TextCnn;
using Mtl.Learning.Encoders.Transformer;

namespace Mtl.Learning.Encoders;

/// <summary>The encoders, a row each.</summary>
public static class EncoderTable
{
    public static MethodTable<IEncoder> Methods { get; } = new(MethodKind.Encoder)
    {
        {
            "mlp", "Multi-layer perceptron",
            "Fully connected layers over numbers, one-hot categories and learned embeddings.",
            "h₀ = [features, embeddings]\nhᵢ = dropout(activation(hᵢ₋₁·Wᵢ + bᵢ))",
            "Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, Nature 1986",
            (MultiLayerPerceptronOptions options) => new MultiLayerPerceptron(options)
        },
        {
            "image-cnn", "Image CNN",
            "Images: convolutions that halve height and width, then a fully connected layer.",
            "hᵢ = max₂ₓ₂(relu(Wᵢ ∗ hᵢ₋₁ + bᵢ))\nr = relu(W·flatten(h) + b)",
            "LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, Proceedings of the IEEE 1998",
            (ImageCnnOptions options) => new ImageCnn.ImageCnn(options)
        },
        {
            "resnet", "Small residual network",
            "Images: residual blocks of two convolutions with layer normalisation, halved at each stage.",
            "h ← relu(s(h) + norm(W₂ ∗ relu(norm(W₁ ∗ h))))\nr = mean over all places of h",
            "He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition, CVPR 2016",
            (ResNetOptions options) => new ResNet.ResNet(options)
        },
        {
            "text-cnn", "Text CNN",
            "Texts: filters of several widths over embedded tokens, the greatest answer of each.",
            "h_k,t = relu(W_k·[e_t−⌊(k−1)/2⌋ … e_t+⌊k/2⌋] + b_k)\nr = maxₜ [h_k,t for each k]",
            "Kim, Convolutional Neural Networks for Sentence Classification, EMNLP 2014",
            (TextCnnOptions options) => new TextCnn.TextCnn(options)
        },
        {
            "transformer", "Transformer encoder",
            "Texts: attention between all tokens, pre-norm, learned positions. Wants more rows than filters do and a warm-up.",
            "h₀ = E[tokens] + P,   E, P from N(0, 0.02²)\nh ← h + attention(norm(h))\nh ← h + W₂·gelu(W₁·norm(h) + b₁) + b₂\nr = mean over tokens of norm(h)",
            "Vaswani et al., Attention Is All You Need, 2017; Xiong et al., On Layer Normalization in the Transformer Architecture, ICML 2020; Devlin et al., BERT, NAACL 2019 (start of E and P)",
            (TransformerOptions options) => new Transformer.Transformer(options)
        },
        {
            "temporal-cnn", "Temporal CNN",
            "Series: cut into windows, the same convolutions over each, the windows joined in their order.",
            "hᵢ = relu(Wᵢ ∗ hᵢ₋₁ + bᵢ)   within every window\nv_w = max over the window's moments of h\nr = relu(W·[v₁, v₂, …] + b)",
            "S3, 2.2; Waibel et al., Phoneme recognition using time-delay neural networks, 1989",
            (TemporalCnnOptions options) => new TemporalCnn.TemporalCnn(options)
        },
    };
}
