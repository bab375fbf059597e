using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>A task that the worker may be given, with their earlier leases on it.</summary>
internal sealed record Candidate(
    LabelTaskId TaskId, AssetId? AssetId, string? Inputs, int OntologyVersion, CompartmentId CompartmentId, TaskPurpose Purpose, bool HasPrelabel, LeaseMarks Own)
{
    /// <summary>Reads the row of a walk's or a review's statement.</summary>
    public static Candidate Read(SqliteStatement row, LabelTaskId task, LeaseMarks own) => new(
        task, row.UuidOrNull(2) is { } asset ? new AssetId(asset) : null, row.TextOrNull(3), row.Int(4), new(row.Uuid(6)), (TaskPurpose)row.Int(7), row.Int(8) != 0, own);
}
