using Mtl.Core.Catalogue;
using Mtl.Learning.Architectures.Hps;
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
    };
}
