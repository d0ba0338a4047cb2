using Mtl.Core.Signatures;

namespace Mtl.Learning.Preprocessing;

/// <summary>How one raw column becomes features, as fitted on the training rows.</summary>
public abstract record InputColumn(string Name)
{
    /// <summary>The column as forms and servers need it.</summary>
    public abstract ModelInput Describe();
}
