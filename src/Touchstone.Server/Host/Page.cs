using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Touchstone.Server.Host;

/// <summary>One page of a list; <paramref name="Next"/> asks for the following one as <c>?after=</c>, and is null on the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    /// <summary>Makes a page from rows of which one more than the page size was asked for.</summary>
    public static Page<T> Of<T>(List<T> rows, int size, Func<T, Cursor> cursorOf)
    {
        if (rows.Count <= size) return new(rows, null);
        rows.RemoveRange(size, rows.Count - size);
        return new(rows, cursorOf(rows[^1]).ToString());
    }
}

/// <summary>Place in a list ordered by a number and an id: the last row that was seen. Opaque to callers.</summary>
internal readonly record struct Cursor(long Key, Guid Id) : IParsable<Cursor>
{
    private const int Bytes = 24;

    public static Cursor At(Guid id) => new(0, id);

    public static Cursor At(long key) => new(key, Guid.Empty);

    public static Cursor Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var cursor) ? cursor : throw new FormatException("This is no cursor of a list.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Cursor result)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        result = default;
        if (s is not { Length: 32 } || !Base64Url.IsValid(s) || !Base64Url.TryDecodeFromChars(s, bytes, out var written) || written != Bytes) return false;
        result = new(BinaryPrimitives.ReadInt64BigEndian(bytes), new Guid(bytes[8..], bigEndian: true));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Key);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}

/// <summary>Rows a page may have.</summary>
internal readonly record struct PageSize(int Value) : IParsable<PageSize>
{
    public const int Default = 50;
    public const int Max = 500;

    public static int Of(PageSize? size) => size?.Value ?? Default;

    public static PageSize Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var size) ? size : throw new FormatException($"A page has 1 to {Max} rows.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PageSize result)
    {
        var parsed = int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= Max;
        result = new(value);
        return parsed;
    }
}
