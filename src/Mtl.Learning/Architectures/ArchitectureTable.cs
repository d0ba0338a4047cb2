using Mtl.Core.Catalogue;
using Mtl.Learning.Architectures.Hps;
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
    };
}
