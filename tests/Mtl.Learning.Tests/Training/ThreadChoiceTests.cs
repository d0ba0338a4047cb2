using Mtl.Learning.Training;

namespace Mtl.Learning.Tests.Training;

public class ThreadChoiceTests
{
    [Theory]
    [InlineData(0, 64, 256, 2, 1)]
    [InlineData(0, 256, 32, 2, 1)]
    [InlineData(0, 256, 256, 1, 1)]
    [InlineData(0, 256, 256, 2, 2)]
    [InlineData(0, 1024, 1024, 16, 2)]
    [InlineData(3, 64, 32, 1, 3)]
    public void Two_threads_only_for_a_big_model_with_cores_to_spare(int requested, int width, int batch, int cores, int threads) =>
        ThreadChoice.For(requested, width, batch, cores).ShouldBe(threads);
}
