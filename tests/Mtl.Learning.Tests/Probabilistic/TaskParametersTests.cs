using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Probabilistic;

namespace Mtl.Learning.Tests.Probabilistic;

public class TaskParametersTests
{
    [Fact]
    public void Each_tasks_own_weights_are_its_point()
    {
        var found = TaskParameters.FromOnnx(Model(("shared/w", [1, 2], [9, 9]), ("task/b/head/weight", [2, 1], [3, 4]), ("task/b/head/bias", [1], [7]), ("task/a/head/weight", [2, 1], [1, 4]))).Value;

        found.Tasks.ShouldBe(["a", "b"]);
        found.Values.Values.ToArray().ShouldBe([1, 4, 3, 4]);
        found.Standardised().Values.ToArray().ShouldBe([-1, 0, 1, 0]);
    }

    [Fact]
    public void Tasks_that_cannot_be_compared_are_refused()
    {
        TaskParameters.FromOnnx(Model(("shared/w", [1], [1]))).Error!.ToString()
            .ShouldBe("The model has no parameters of single tasks. Export a run whose tasks have parameters of their own: a head each, or a linear learner.");
        TaskParameters.FromOnnx(Model(("task/a/weight", [2, 1], [1, 2]), ("task/b/weight", [2, 2], [1, 2, 3, 4]))).Error!.ToString()
            .ShouldBe("Tasks 'a' and 'b' have parameters of other forms: weight [2, 1]; weight [2, 2]. Cluster tasks of one kind with as many outputs.");
    }

    private static byte[] Model(params (string Name, long[] Shape, float[] Values)[] parameters)
    {
        var nodes = parameters.Select(parameter => Node.Parameter(parameter.Name, Shape.From(parameter.Shape))).ToArray();
        var values = parameters.ToDictionary(parameter => parameter.Name, parameter => TensorValue.Of(Shape.From(parameter.Shape), parameter.Values));
        return OnnxModel.Write(ComputationGraph.Of([.. nodes.Select((node, i) => ($"out{i}", node.ReduceSum()))], [], values));
    }
}
