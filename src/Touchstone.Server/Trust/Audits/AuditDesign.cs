using System.Text.Json;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Audits;

/// <summary>How an audit parts what it draws from.</summary>
internal enum AuditStratification
{
    /// <summary>A simple random sample.</summary>
    None = 0,

    /// <summary>By class and band of confidence: what errs more often is looked at more often.</summary>
    ClassAndConfidence = 1,
}

/// <summary>A part of the tasks that an audit drew from.</summary>
/// <param name="Name">Class and band of confidence.</param>
/// <param name="Population">Tasks of it.</param>
/// <param name="Size">Tasks drawn from it.</param>
internal sealed record AuditStratum(string Name, int Population, int Size);

/// <summary>What <see cref="Audit.Strata"/> holds: how the sample was drawn, beyond its size and seed.</summary>
internal sealed record AuditDesign
{
    public static readonly AuditDesign Simple = new();

    /// <summary>The parts, at most ten; null for a simple random sample.</summary>
    public IReadOnlyList<AuditStratum>? Strata { get; init; }

    /// <summary>Part of each task of the population in its order, one byte each.</summary>
    public byte[]? PartOf { get; init; }

    /// <summary>The first audit of which this one enlarges the sample: same population, same seed. Size and twice then count all of it.</summary>
    public Guid? Extends { get; init; }

    /// <summary>The order that it was drawn for.</summary>
    public Guid? Order { get; init; }

    /// <summary>Which look at the order it is, from 1.</summary>
    public int? Look { get; init; }

    public AuditStratification Stratification => Strata is null ? AuditStratification.None : AuditStratification.ClassAndConfidence;

    public static AuditDesign Of(string? json) => json is null ? Simple : JsonSerializer.Deserialize<AuditDesign>(json, StoredJson.Options)!;

    /// <summary>Null for a simple random sample that stands alone.</summary>
    public string? ToJson() => this == Simple ? null : JsonSerializer.Serialize(this, StoredJson.Options);

    /// <summary>Index of the part that a task lies in; -1 for a task that could not be drawn.</summary>
    public int IndexOf(Guid[] population, Guid task)
    {
        var at = Array.BinarySearch(population, task, UuidOrder.Instance);
        return at < 0 ? -1 : PartOf is null ? 0 : PartOf[at];
    }
}

/// <summary>Ids of tasks as they are kept: 16 bytes each, big-endian.</summary>
internal static class PackedIds
{
    public static byte[] Pack(Guid[] ids)
    {
        var bytes = new byte[16 * ids.Length];
        for (var i = 0; i < ids.Length; i++) ids[i].TryWriteBytes(bytes.AsSpan(16 * i), bigEndian: true, out _);
        return bytes;
    }

    public static Guid[] Unpack(byte[] bytes)
    {
        var ids = new Guid[bytes.Length / 16];
        for (var i = 0; i < ids.Length; i++) ids[i] = new Guid(bytes.AsSpan(16 * i, 16), bigEndian: true);
        return ids;
    }
}
