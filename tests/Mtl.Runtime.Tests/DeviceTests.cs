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
}
