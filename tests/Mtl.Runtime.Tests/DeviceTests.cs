using Microsoft.ML.OnnxRuntime;
using Mtl.Core;

namespace Mtl.Runtime.Tests;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void A_device_is_read_from_its_name(string text, string expected) => Device.Parse(text).Value.ToString().ShouldBe(expected);

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cpu:0")]
    public void Another_name_is_refused(string text) =>
        Device.Parse(text).Error.ShouldNotBeNull().Message.ShouldBe($"'{text}' is not a device. Devices are: cpu, cuda, cuda:0, cuda:1, ….");

    [Fact]
    public void The_cpu_is_always_there()
    {
        Devices.Available[0].ShouldBe(Device.Cpu);
        Devices.Available.ShouldAllBe(device => Devices.Try(device).IsSuccess);
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused_with_what_to_do()
    {
        var absent = Device.Cuda(63);
        Devices.Available.ShouldNotContain(absent);
        var error = Executable.Load(Models.Columns(), "income", new() { Device = absent }).Error.ShouldNotBeNull();
        error.Message.ShouldStartWith("Model 'income' ");
        error.Message.ShouldContain("cuda:63");
        error.Advice.ShouldNotBeEmpty();
    }

    [Fact]
    public void Without_a_cuda_provider_the_error_says_how_to_get_one()
    {
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "This build has the CUDA provider.");
        var error = Devices.Try(Device.Cuda()).Error.ShouldNotBeNull();
        error.Kind.ShouldBe(ErrorKind.Unavailable);
        error.Message.ShouldMatch(@"^Model 'device probe' was asked to run on cuda:0, but this build of ONNX Runtime 1\.\d+\.\d+ has no CUDA provider; it has: .*CPUExecutionProvider.*\.$");
        error.Advice.ShouldBe("Use device cpu, or build with MTL_ONNXRUNTIME=gpu where the package Microsoft.ML.OnnxRuntime.Gpu restores.");
    }
}
