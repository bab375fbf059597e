using System.Runtime.InteropServices;
using System.Text.Json;
using Touchstone.Files.Storage;
using Touchstone.Formats.Labels;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>release.json by itself: its form, its version, the digest of its content.</summary>
internal static class DocumentCheck
{
    private const string File = ReleaseFiles.Release;

    /// <summary>Definitions of ontologies are checked by the annotations room.</summary>
    private static readonly FreeMember[] FreeMembers = [new("definition", 4)];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static ReleaseDocument? Read(string root, Findings findings)
    {
        var path = Path.Combine(root, File);
        var info = new FileInfo(path);
        if (info.LinkTarget is not null)
        {
            findings.Add(File, "", "symbolic_link", "a file", $"a link to {info.LinkTarget}");
            return null;
        }

        if (!info.Exists)
        {
            findings.Add(File, "", "missing_file", "the file that names all others", "nothing");
            return null;
        }

        if (!RegularFile.Exists(path))
        {
            findings.Add(File, "", "no_regular_file", "a file", "a pipe, a socket or a device");
            return null;
        }

        var bytes = System.IO.File.ReadAllBytes(path);
        try
        {
            return Check(bytes, findings);
        }
        catch (JsonException fault)
        {
            findings.Add(File, JsonPaths.ToPointer(fault.Path), "schema", "a release as docs/reference/release-format.md describes it", JsonPaths.Reason(fault));
            return null;
        }
    }

    private static ReleaseDocument? Check(byte[] bytes, Findings findings)
    {
        using var json = JsonDocument.Parse(bytes, Strict);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || format.GetString() != ReleaseDocument.FormatName)
        {
            findings.Add(File, "/format", "format", $"\"{ReleaseDocument.FormatName}\"", "another value");
            return null;
        }

        if (!json.RootElement.TryGetProperty("format_version", out var version) || version.ValueKind != JsonValueKind.Number || version.GetRawText() != $"{ReleaseDocument.CurrentVersion}")
        {
            findings.Add(File, "/format_version", "format_version", $"{ReleaseDocument.CurrentVersion}, the version that this program knows", version.ValueKind == JsonValueKind.Undefined ? "nothing" : version.GetRawText());
            return null;
        }

        StrictNulls.Refuse(bytes, FreeMembers);
        var document = json.RootElement.Deserialize<ReleaseDocument>(ReleaseJson.Options)!;
        var digest = FileDigest.Of(JsonMarshal.GetRawUtf8Value(json.RootElement.GetProperty("content")));
        findings.Expect(File, "/digest", "content_digest", digest, document.Digest);
        var (canonical, _) = ReleaseJson.Document(document.Content, document.Published);
        if (digest == document.Digest && !canonical.AsSpan().SequenceEqual(bytes)) ReportForm(canonical, json.RootElement, findings);
        return document;
    }

    private static void ReportForm(byte[] canonical, JsonElement found, Findings findings)
    {
        using var expected = JsonDocument.Parse(canonical);
        var before = findings.Count;
        foreach (var (pointer, wanted, stands) in JsonDifference.Between(expected.RootElement, found)) findings.Add(File, pointer, "canonical_form", wanted, stands);
        if (findings.Count == before) findings.Add(File, "", "canonical_form", "the white space and order of members that the format prescribes", "others");
    }
}
