using Mtl.Dashboard.SignIn;

namespace Mtl.Dashboard.Tests;

public sealed class LocalAddressTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/runs/r1?tab=log")]
    [InlineData("/experiments/e1?tab=permissions&x=%2F%2Fevil")]
    public void A_path_of_this_site_is_gone_on_to(string address) => LocalAddress.Of(address).ShouldBe(address);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("runs")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/runs\\..\\evil")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/runs\r\nSet-Cookie: a=b")]
    [InlineData("/\t/evil.example")]
    [InlineData("/sign-in?return=/")]
    [InlineData("/sign-out")]
    public void Anything_else_leads_to_the_first_page(string? address) => LocalAddress.Of(address).ShouldBe("/");
}
