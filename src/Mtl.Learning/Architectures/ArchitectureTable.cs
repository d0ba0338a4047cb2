using Mtl.Core.Catalogue;
using Mtl.Learning.Architectures.Cgc;
using Mtl.Learning.Architectures.CrossStitch;
using Mtl.Learning.Architectures.DSelectK;
using Mtl.Learning.Architectures.Hps;
using Mtl.Learning.Architectures.Ltb;
using Mtl.Learning.Architectures.Mixture;
using Mtl.Learning.Architectures.Mmoe;
using Mtl.Learning.Architectures.Mtan;
using Mtl.Learning.Architectures.Ple;
using Mtl.Learning.Architectures.Soft;
using Mtl.Learning.Architectures.Stl;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Architectures;

/// <summary>The architectures, a row each.</summary>
public static class ArchitectureTable
{
    public static MethodTable<IArchitecture> Methods { get; } = new(MethodKind.Architecture)
    {
        {
            "hps", "Hard Parameter Sharing",
            "One encoder for all tasks, a head for each.",
            "ŷₜ = headₜ(encoder(x))",
            "Caruana, Multitask Learning, Machine Learning 1997",
            (HardParameterSharingOptions options) => new HardParameterSharing(options)
        },
        {
            "stl", "Single-Task Learning",
            "An encoder and a head for each task, nothing shared; each task keeps its own best epoch. The baseline.",
            "ŷₜ = headₜ(encoderₜ(x))",
            "Caruana, Multitask Learning, Machine Learning 1997",
            (SingleTaskLearningOptions options) => new SingleTaskLearning(options)
        },
        {
            "soft", "Soft Parameter Sharing",
            "An encoder and a head for each task, and a penalty on the distance between the encoders' parameters.",
            "ŷₜ = headₜ(encoderₜ(x))\nR = λ · Σₜ ‖θₜ − θ̄‖²",
            "Duong et al., Low Resource Dependency Parsing: Cross-lingual Parameter Sharing in a Neural Network Parser, ACL 2015",
            (SoftParameterSharingOptions options) => new SoftParameterSharing(options)
        },
        {
            "cross-stitch", "Cross-stitch Network",
            "A network for each task, with a learned mixture of all networks' states after every layer.",
            "s̃ᵢ = Σⱼ αᵢⱼ·sⱼ after each layer\nŷₜ = headₜ(s̃ₜ)",
            "Misra et al., Cross-stitch Networks for Multi-task Learning, CVPR 2016",
            (CrossStitchNetworkOptions options) => new CrossStitchNetwork(options)
        },
        {
            "mmoe", "Multi-gate Mixture-of-Experts",
            "Experts shared by all tasks, mixed for each task by its own gate, row by row.",
            "gₜ(x) = softmax(Wₜ·x₀ + bₜ)\nŷₜ = headₜ(Σₖ gₜ(x)ₖ · expertₖ(x₀))",
            "Ma et al., Modeling Task Relationships in Multi-task Learning with Multi-gate Mixture-of-Experts, KDD 2018",
            (MultiGateMixtureOfExpertsOptions options) => new MultiGateMixtureOfExperts(options)
        },
        {
            "cgc", "Customized Gate Control",
            "Shared experts and experts of each task alone; a task's gate mixes the shared ones and its own.",
            "gₜ(x) = softmax(Wₜ·x₀ + bₜ)\nŷₜ = headₜ(Σₖ gₜ(x)ₖ · eₖ(x₀)), e the task's own and the shared experts",
            "Tang et al., Progressive Layered Extraction (PLE), RecSys 2020, section 4.1",
            (CustomizedGateControlOptions options) => new CustomizedGateControl(options)
        },
        {
            "ple", "Progressive Layered Extraction",
            "Levels of shared and own experts, one level for each layer of the encoder, with gates between them.",
            "xₜʲ = Σₖ softmax(Wₜʲ·xₜʲ⁻¹)ₖ · eₖ, e the task's own and the shared experts\nxₛʲ = Σₖ softmax(Wₛʲ·xₛʲ⁻¹)ₖ · eₖ, e all experts\nŷₜ = headₜ(xₜᴸ)",
            "Tang et al., Progressive Layered Extraction (PLE), RecSys 2020, section 4.2",
            (ProgressiveLayeredExtractionOptions options) => new ProgressiveLayeredExtraction(options)
        },
        {
            "mtan", "Multi-Task Attention Network",
            "One shared encoder; each task attends to the features it needs of every layer.",
            "aₜʲ = σ(hₜʲ(relu(gₜʲ([sʲ, fʲ(aₜʲ⁻¹)])))) ⊙ sʲ\nŷₜ = headₜ(aₜᴸ)",
            "Liu, Johns and Davison, End-to-End Multi-Task Learning with Attention, CVPR 2019",
            (MultiTaskAttentionNetworkOptions options) => new MultiTaskAttentionNetwork(options)
        },
        {
            "dselect-k", "DSelect-k",
            "Shared experts, of which each task chooses at most k by smooth gates over binary digits.",
            "r(z)ᵢ = Πⱼ S(zⱼ) or 1 − S(zⱼ), by the digits of i, S the cubic smooth step\ngₜ = Σₗ softmax(αₜ)ₗ · r(zₜₗ)\nŷₜ = headₜ(Σᵢ gₜᵢ · expertᵢ(x₀))\nR = λ · Σ entropy(r)",
            "Hazimeh et al., DSelect-k: Differentiable Selection in the Mixture of Experts, NeurIPS 2021",
            (DSelectKGatesOptions options) => new DSelectKGates(options)
        },
        {
            "ltb", "Learning to Branch",
            "Learns the tree that the tasks share: at every layer each node chooses its parent by a Gumbel softmax whose temperature falls.",
            "d = softmax((θ + Gumbel noise)/τ) over the parents\ninput of node j = Σᵢ dⱼᵢ · stateᵢ; evaluated at the largest θ",
            "Guo, Lee and Ulbricht, Learning to Branch for Multi-Task Learning, ICML 2020",
            (LearningToBranchOptions options) => new LearningToBranch(options)
        },
        {
            "mixture", "Mixture network",
            "A shared base and modules behind it, which each task's gate mixes.",
            "gₜ = softmax((Wₜ·b + cₜ)/τ), b = base(x)\nŷₜ = headₜ(Σₖ gₜₖ · moduleₖ(b))",
            "Seed document S3, (3); gates as in Jacobs et al., Adaptive Mixtures of Local Experts, Neural Computation 1991",
            (MixtureNetworkOptions options) => new MixtureNetwork(options)
        },
    };
}
