using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;

namespace Mtl.Tracking.Tests;

public class DefinitionParametersTests
{
    [Fact]
    public void Each_leaf_of_a_definition_is_a_parameter()
    {
        var definition = DefinitionJson.ReadStored<ExperimentDefinition>("""
            {"name": "Adult", "description": "left out", "data": {"path": "adult.csv"},
             "tasks": [{"name": "in/come", "column": "income", "kind": "binary"}, {"name": "age", "column": "age", "kind": "regression"}],
             "encoder": {"key": "mlp", "widths": [64, 32]}, "optimizer": {"key": "adam", "learningRate": 0.01}}
            """);

        var parameters = DefinitionParameters.Of(definition);

        parameters.Keys.ShouldNotContain("name");
        parameters.Keys.ShouldNotContain("description");
        parameters["data.path"].ShouldBe("adult.csv");
        parameters["tasks.in_come.kind"].ShouldBe("binary");
        parameters["tasks.age.column"].ShouldBe("age");
        parameters["encoder"].ShouldBe("mlp");
        parameters["encoder.widths"].ShouldBe("[64,32]");
        (parameters["optimizer"], parameters["optimizer.learningRate"]).ShouldBe(("adam", "0.01"));
        parameters["training.epochs"].ShouldBe($"{definition.Training.Epochs}");
    }
}
