using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>One immutable piece of raw data, named within its organization and compartment by the SHA-256 of its bytes.</summary>
public sealed class Asset
{
    public required AssetId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    /// <summary>Lower-case hex, 64 characters.</summary>
    public required string Sha256 { get; init; }

    public required long ByteCount { get; init; }

    public required string MediaType { get; init; }

    /// <summary>The name it came with; for people only, never a path.</summary>
    public string? FileName { get; init; }

    /// <summary>Pixels after EXIF orientation is applied; 0 for kinds without pixels.</summary>
    public int WidthPx { get; init; }

    public int HeightPx { get; init; }

    /// <summary>EXIF orientation of the stored bytes, 1 to 8.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Drawn by a program.</summary>
    public bool Synthetic { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set when the bytes were withdrawn; the row stays.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}
