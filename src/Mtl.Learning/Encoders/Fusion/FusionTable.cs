using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>How several modalities become one representation, a row each.</summary>
public static class FusionTable
{
    /// <summary>What a definition without a choice has.</summary>
    public static Choice Default { get; } = new("late");

    public static MethodTable<MakeFusion> Methods { get; } = new(MethodKind.Fusion)
    {
        {
            "late", "Late fusion",
            "Each modality is read by an encoder of its own; one layer mixes what they give.",
            "x = [pool(encoder₁(x₁)), pool(encoder₂(x₂)), …]\nr = relu(x·W + b)",
            "Ngiam et al., Multimodal Deep Learning, ICML 2011",
            (LateFusionOptions options) => parts => new LateFusion(options, parts)
        },
        {
            "early", "Early fusion",
            "The modalities' features are joined at once, and fully connected layers read them together.",
            "h₀ = [x₁, x₂, …]\nhᵢ = dropout(relu(hᵢ₋₁·Wᵢ + bᵢ))",
            "Baltrušaitis, Ahuja and Morency, Multimodal Machine Learning: A Survey and Taxonomy, TPAMI 2019",
            (EarlyFusionOptions options) => parts => new EarlyFusion(options, parts)
        },
        {
            "shared", "Structure sharing",
            "One trunk with the same parameters reads every modality behind its own encoder; their results are averaged.",
            "h₀ₘ = Pₘ·pool(encoderₘ(xₘ))\nhᵢₘ = relu(hᵢ₋₁ₘ·Wᵢ + bᵢ)\nr = meanₘ hₗₘ",
            "Aytar et al., Cross-Modal Scene Networks, TPAMI 2018",
            (SharedTrunkFusionOptions options) => parts => new SharedTrunkFusion(options, parts)
        },
        {
            "attention", "Attention fusion",
            "Each row decides by attention how much it listens to each modality.",
            "hₘ = Pₘ·pool(encoderₘ(xₘ)), α = softmaxₘ(vᵀ tanh(hₘ·A + a))\nr = relu((Σₘ αₘ·hₘ)·W + b)",
            "Hori et al., Attention-Based Multimodal Fusion for Video Description, ICCV 2017",
            (AttentionFusionOptions options) => parts => new AttentionFusion(options, parts)
        },
    };
}
