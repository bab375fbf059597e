using System.Text.Json.Nodes;
using Touchstone.Terminal;

namespace Touchstone.Imports;

/// <summary>A record that does not go in, and why.</summary>
/// <param name="File">The picture of a folder, or the manifest.</param>
/// <param name="Line">Line of the manifest, from 1; null for a file of a folder.</param>
/// <param name="Picture">The picture that a manifest's line names; null where it names none or is itself wrong.</param>
/// <param name="Reason">Stable snake_case.</param>
/// <param name="Detail">What was expected and what was found.</param>
internal sealed record RefusedRecord(string File, long? Line, string? Picture, string Reason, string Detail)
{
    public JsonObject ToJson() => new() { ["file"] = File, ["line"] = Line, ["picture"] = Picture, ["reason"] = Reason, ["detail"] = Detail };

    public override string ToString() => Printable.Text($"{File}{(Line is null ? "" : $":{Line}")}{(Picture is null ? "" : $" ({Picture})")}: {Reason}: {Detail}");
}
