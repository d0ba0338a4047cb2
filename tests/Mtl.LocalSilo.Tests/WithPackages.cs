namespace Mtl.LocalSilo.Tests;

public sealed class WithPackages
{
    [Fact(Skip = "This build uses the Orleans packages, so there is no local silo to test.")]
    public void There_is_no_local_silo_beside_the_real_one()
    {
    }
}
