using Mtl.Core.Signatures;
using Mtl.Data.Tables;
using Mtl.Graph;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Preprocessing;

/// <summary>How one raw column becomes features, as fitted on the training rows.</summary>
public abstract record InputColumn(string Name)
{
    /// <summary>The column as forms and servers need it.</summary>
    public abstract ModelInput Describe();

    /// <summary>The raw column as an input of the graph, [batch, 1]: a float, or a string.</summary>
    public virtual Node MakeInput() => Node.Input(Name, ElementType.String, ["batch", 1]);

    /// <summary>Some rows of the raw column as that input takes them.</summary>
    public virtual Tensor Raw(Column column, int from, int count) => FeatureMatrix.RawRows(column, from, count);
}
