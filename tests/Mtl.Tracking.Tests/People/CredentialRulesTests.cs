using Mtl.Tracking.People;

namespace Mtl.Tracking.Tests.People;

/// <summary>What names, passwords and secrets may be and are.</summary>
public sealed class CredentialRulesTests
{
    [Theory]
    [InlineData("ada")]
    [InlineData("Ada.Lovelace+mtl@example.org")]
    [InlineData("grace_hopper-2")]
    [InlineData("Größe")]
    [InlineData("数据")]
    public void A_name_of_letters_digits_and_a_few_marks_is_taken(string name) => UserName.Check($" {name} ").Value.ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\r\nSet-Cookie")]
    [InlineData("a\u001b[31m")]
    [InlineData("<script>")]
    [InlineData("a\u202eb")]
    [InlineData("a/b")]
    public void A_name_that_a_log_or_a_header_could_misread_is_refused(string name) =>
        UserName.Check(name).Error!.ToString().ShouldBe("The user's name must have 1 to 64 letters, digits or characters of '._-@+'. Choose another name.");

    [Fact]
    public void A_name_is_bounded() => UserName.Check(new string('a', 65)).IsSuccess.ShouldBeFalse();

    [Theory]
    [InlineData("short", "The password has 5 characters; it must have 10 to 256.")]
    [InlineData("ababababababab", "The password repeats the same few characters.")]
    [InlineData("i am Adalovelace", "The password contains the user's name.")]
    public void A_weak_password_is_refused_with_the_reason(string password, string reason) =>
        PasswordRules.Check("adalovelace", password)!.Message.ShouldBe(reason);

    [Fact]
    public void A_refusal_does_not_repeat_the_password() => PasswordRules.Check("ada", "s3cret")!.ToString().ShouldNotContain("s3cret");

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("0123456789")]
    [InlineData("пароль-длинный")]
    public void A_long_password_is_taken_whatever_it_is_made_of(string password) => PasswordRules.Check("ada", password).ShouldBeNull();

    [Fact]
    public void A_secret_has_256_random_bits_behind_a_prefix()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => TokenSecret.New()).ToArray();

        secrets.Distinct().Count().ShouldBe(100);
        secrets.ShouldAllBe(secret => secret.Length == 47 && TokenSecret.LooksLikeOne(secret));
        secrets.ShouldAllBe(secret => secret.All(character => char.IsAsciiLetterOrDigit(character) || character == '-' || character == '_'));
    }

    [Fact]
    public void The_hash_is_SHA_256_of_the_whole_secret() =>
        TokenSecret.Hash("mtl_abc").ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("mtl_abc"u8)));

    [Fact]
    public void A_token_expires_at_its_moment()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var token = new ApiToken("t", "u", "laptop", "", TokenScope.Read, noon, noon.AddDays(1), null);

        token.IsExpired(noon.AddDays(1).AddTicks(-1)).ShouldBeFalse();
        token.IsExpired(noon.AddDays(1)).ShouldBeTrue();
        (token with { ExpiresAt = null }).IsExpired(noon.AddYears(100)).ShouldBeFalse();
    }
}
