using System.Buffers;
using Touchstone.Annotations.Answers;

namespace Touchstone.Server.People;

/// <summary>Names and addresses that people type.</summary>
internal static class Texts
{
    public const int NameMax = 200;
    private const int EmailMax = 254;
    private static readonly SearchValues<char> NotInEmail = SearchValues.Create(" \t\r\n<>\"");

    /// <summary>Trimmed, 1 to 200 characters, no control characters.</summary>
    public static Fault? CheckName(string? name, string pointer)
    {
        var trimmed = name?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return new(pointer, $"1 to {NameMax} characters", "nothing");
        if (trimmed.Length > NameMax) return new(pointer, $"1 to {NameMax} characters", $"{trimmed.Length} characters");
        return trimmed.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 ? new(pointer, "no control characters", "a control character") : null;
    }

    /// <summary>Something before an @ and a domain after it; whether mail arrives there only mail can tell.</summary>
    public static Fault? CheckEmail(string? email, string pointer = "/email")
    {
        var trimmed = email?.Trim() ?? "";
        var at = trimmed.LastIndexOf('@');
        var plausible = at > 0 && at < trimmed.Length - 1 && trimmed.Length <= EmailMax && !trimmed.AsSpan().ContainsAny(NotInEmail);
        return plausible ? null : new(pointer, "an e-mail address", trimmed.Length == 0 ? "nothing" : trimmed.Length > EmailMax ? $"{trimmed.Length} characters" : $"\"{trimmed}\"");
    }

    public static string Email(string email) => email.Trim().ToLowerInvariant();
}
