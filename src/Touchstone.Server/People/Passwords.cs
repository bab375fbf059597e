using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Touchstone.Annotations.Answers;
using Touchstone.Store.Entities;

namespace Touchstone.Server.People;

/// <summary>What a password must be, and ASP.NET Core Identity's hasher for it (PBKDF2 with HMAC-SHA512).</summary>
internal sealed class Passwords
{
    public const int LengthMin = 10;
    public const int LengthMax = 200;
    private const int Iterations = 210_000;   // OWASP's figure for PBKDF2 with HMAC-SHA512
    private readonly PasswordHasher<Person> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new(() => _hasher.HashPassword(null!, SecurityStamp()));

    public static string SecurityStamp() => Secrets.NewToken();

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Takes as long for somebody without a password, or whom nobody knows, as for a wrong one.</summary>
    public bool Verify(string? hash, string password, out bool isOutdated)
    {
        var result = _hasher.VerifyHashedPassword(null!, hash ?? _nobodys.Value, password);
        isOutdated = result == PasswordVerificationResult.SuccessRehashNeeded;
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    public static Fault? Check(string password, string? email, string pointer = "/password")
    {
        if (password.Length is < LengthMin or > LengthMax) return new(pointer, $"{LengthMin} to {LengthMax} characters; a sentence is good", $"{password.Length} characters");
        if (string.Equals(password, email, StringComparison.OrdinalIgnoreCase)) return new(pointer, "something else than the e-mail address", "the e-mail address");
        return password.AsSpan().ContainsAnyExcept(password[0]) ? null : new(pointer, "more than one character repeated", "one character repeated");
    }
}
