using Mtl.Core.Catalogue;
using Mtl.Core.Random;
using Mtl.Learning.Optimizers;

namespace Mtl.Learning.Tests.Optimizers;

public class OptimizerTests
{
    public static TheoryData<string> Keys => [.. OptimizerTable.Methods.Select(method => method.Key).Where(key => Make(key, 1) is IGradientOptimizer)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_element_is_updated_alike_in_registers_and_in_the_tail(string key)
    {
        const int Count = 100;
        var whole = Optimizer(key, Count);
        var single = Enumerable.Range(0, Count).Select(_ => Optimizer(key, 1)).ToArray();
        var together = Random("start", 0, Count);
        var apart = together.ToArray();
        for (var step = 1; step <= 5; step++)
        {
            var gradients = Random("gradients", step, Count);
            whole.Step(together, gradients, 0.01f);
            for (var i = 0; i < Count; i++)
                single[i].Step(apart.AsSpan(i, 1), gradients.AsSpan(i, 1), 0.01f);
        }

        together.ShouldBe(apart);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Restored_state_continues_bit_for_bit(string key)
    {
        var (undisturbed, interrupted, resumed) = (Optimizer(key, 37), Optimizer(key, 37), Optimizer(key, 37));
        var (expected, actual) = (Random("start", 0, 37), Random("start", 0, 37));
        for (var step = 1; step <= 8; step++)
            undisturbed.Step(expected, Random("gradients", step, 37), 0.01f);

        for (var step = 1; step <= 4; step++)
            interrupted.Step(actual, Random("gradients", step, 37), 0.01f);
        foreach (var (from, to) in interrupted.State.Zip(resumed.State))
            from.Bytes.CopyTo(to.Bytes);
        for (var step = 5; step <= 8; step++)
            resumed.Step(actual, Random("gradients", step, 37), 0.01f);

        actual.ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_step_allocates_nothing(string key)
    {
        var optimizer = Optimizer(key, 1000);
        var (parameters, gradients) = (Random("start", 0, 1000), Random("gradients", 0, 1000));
        optimizer.Step(parameters, gradients, 0.01f);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var step = 0; step < 100; step++)
            optimizer.Step(parameters, gradients, 0.01f);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    public void Moments_end_at_zero_rather_than_below_the_normal_numbers(string key)
    {
        var optimizer = Optimizer(key, 19);
        var parameters = Random("start", 0, 19);
        optimizer.Step(parameters, [.. Enumerable.Repeat(1e-18f, 19)], 0.01f);
        for (var step = 0; step < 1000; step++)
            optimizer.Step(parameters, new float[19], 0.01f);

        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(optimizer.State[0].Bytes).ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void The_step_count_is_state() => Optimizer("adam", 3).State.Select(tensor => (tensor.Name, tensor.ElementType, tensor.Length)).ShouldBe(
        [("first_moment", "F32", 3), ("second_moment", "F32", 3), ("step", "I64", 1)]);

    [Fact]
    public void Buffers_of_another_length_are_refused() =>
        Should.Throw<ArgumentException>(() => Optimizer("adam", 3).Step(new float[3], new float[4], 0.1f)).Message.ShouldBe(
            "The optimizer was made for 3 parameters; it was given 3 parameters and 4 gradients.");

    [Fact]
    public void Adam_moves_by_the_learning_rate_at_its_first_step()
    {
        float[] parameters = [1, 1, 1];

        Optimizer("adam", 3).Step(parameters, [5, -0.01f, 0], 0.1f);

        parameters.Zip([0.9f, 1.1f, 1f]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    private static IGradientOptimizer Optimizer(string key, int count) => (IGradientOptimizer)Make(key, count);

    private static IOptimizer Make(string key, int count) => OptimizerTable.Methods.Create(new Choice(key)).Value(count);

    private static float[] Random(string purpose, int step, int count)
    {
        var values = new float[count];
        new CounterRandom(7, purpose).Fork((ulong)step).FillNormal(values);
        return values;
    }
}
