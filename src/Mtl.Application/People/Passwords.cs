using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>
/// Hashes and checks passwords with the framework's hasher (PBKDF2 over HMAC-SHA512, salted). One check takes tens of milliseconds by intent; programs that send their password with
/// every request are spared it for a while by a keyed hash in memory, under a key that lives as long as the process. Thread-safe.
/// </summary>
internal sealed class Passwords(TimeProvider time)
{
    private const int MostRemembered = 1000;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly PasswordHasher<User> hasher = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, DateTimeOffset> right = new();
    private readonly Lazy<User> nobody = new(() => new User("", "", default) { PasswordHash = new PasswordHasher<User>().HashPassword(null!, "nobody's password") });

    public string Hash(User user, string password) => hasher.HashPassword(user, password);

    /// <summary>Whether it is the user's password. Takes as long where there is no user, or none with a password, as where there is one.</summary>
    public bool Verify(User? user, string password)
    {
        var known = user is { PasswordHash.Length: > 0 } ? user : null;
        if (known is not null && IsRemembered(known, password))
            return true;

        var checkedUser = known ?? nobody.Value;
        var isRight = hasher.VerifyHashedPassword(checkedUser, checkedUser.PasswordHash, password) != PasswordVerificationResult.Failed && known is not null;
        if (isRight)
            Remember(known!, password);
        return isRight;
    }

    /// <summary>Whether the password was found right a short while ago, and was not changed since.</summary>
    public bool IsRemembered(User user, string password) => right.TryGetValue(MemoryKey(user, password), out var until) && time.GetUtcNow() < until;

    private void Remember(User user, string password)
    {
        if (right.Count >= MostRemembered)
            right.Clear();
        right[MemoryKey(user, password)] = time.GetUtcNow() + Remembered;
    }

    /// <summary>The stored hash is a part of it, so that a changed password is not remembered.</summary>
    private string MemoryKey(User user, string password) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{user.Id}\n{user.PasswordHash}\n{password}")));
}
