namespace Mtl.Benchmarks.Train;

/// <summary>One side of the comparison, ready to train steps of a case.</summary>
internal interface ISteps : IDisposable
{
    /// <summary>Trains so many steps, one after another, and gives the seconds that each took; steps that something else interrupted are left out.</summary>
    double[] Burst(int steps);
}
