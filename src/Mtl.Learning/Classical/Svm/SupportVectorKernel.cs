namespace Mtl.Learning.Classical.Svm;

/// <summary>The functions of a <see cref="SupportVectorMachine"/>.</summary>
public enum SupportVectorKernel
{
    Rbf,
    Linear,
}
