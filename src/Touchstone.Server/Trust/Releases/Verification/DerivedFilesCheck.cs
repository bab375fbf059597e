using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Ontologies;
using Touchstone.Files.Storage;
using Touchstone.Formats.Labels;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>Files that are made of others: made again and compared byte for byte.</summary>
internal static class DerivedFilesCheck
{
    public static async Task RunAsync(string root, ReleaseContent content, IReadOnlyList<Ontology> ontologies, Findings findings, CancellationToken cancellationToken)
    {
        CheckCard(root, content, findings);
        await CheckCocoAsync(root, content, ontologies, findings, cancellationToken);
    }

    private static void CheckCard(string root, ReleaseContent content, Findings findings)
    {
        var card = ReleaseCard.Write(content);
        var bytes = File.ReadAllBytes(Path.Combine(root, ReleaseFiles.Card));
        if (bytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(card))) return;
        var (expected, found) = (card.Split('\n'), Encoding.UTF8.GetString(bytes).Split('\n'));
        var before = findings.Count;
        for (var i = 0; i < Math.Max(expected.Length, found.Length) && !findings.IsFull; i++)
        {
            var (wanted, stands) = (i < expected.Length ? expected[i] : null, i < found.Length ? found[i] : null);
            if (wanted != stands) findings.Add(ReleaseFiles.Card, $"line {i + 1}", "card", wanted ?? "nothing", stands ?? "nothing");
        }

        if (findings.Count == before) findings.Add(ReleaseFiles.Card, "", "card", "the bytes that release.json gives", "others");
    }

    private static async Task CheckCocoAsync(string root, ReleaseContent content, IReadOnlyList<Ontology> ontologies, Findings findings, CancellationToken cancellationToken)
    {
        var scratch = Path.Combine(Path.GetTempPath(), $"touchstone-verify-{Guid.NewGuid():N}.json");
        try
        {
            await using (var output = File.Create(scratch))
            await using (var labels = File.OpenRead(Path.Combine(root, ReleaseFiles.Labels)))
            {
                var records = LabelsReader.ReadAsync(labels, cancellationToken).Select(l => l.Label ?? throw new FormatException("A label cannot be read."));
                await CocoFile.WriteAsync(output, content.Project.Name, ontologies, records, cancellationToken);
            }

            await CompareAsync(scratch, Path.Combine(root, ReleaseFiles.Coco), findings, cancellationToken);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            // Labels that cannot be read or are not valid have mostly been told; no COCO file can be made of them.
            if (findings.Count == 0) findings.Add(ReleaseFiles.Coco, "", "coco", "what labels.ndjson gives", $"labels of which none can be made: {fault.Message}");
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    private static async Task CompareAsync(string expected, string found, Findings findings, CancellationToken cancellationToken)
    {
        if (await FileDigest.OfFileAsync(expected, cancellationToken) == await FileDigest.OfFileAsync(found, cancellationToken)) return;
        try
        {
            await using var first = File.OpenRead(expected);
            await using var second = File.OpenRead(found);
            using var wanted = await JsonDocument.ParseAsync(first, cancellationToken: cancellationToken);
            using var stands = await JsonDocument.ParseAsync(second, cancellationToken: cancellationToken);
            var before = findings.Count;
            foreach (var (pointer, want, stand) in JsonDifference.Between(wanted.RootElement, stands.RootElement))
            {
                if (findings.IsFull) return;
                findings.Add(ReleaseFiles.Coco, pointer, "coco", want, stand);
            }

            if (findings.Count == before) findings.Add(ReleaseFiles.Coco, "", "canonical_form", "the bytes that labels.ndjson gives", "others of the same meaning");
        }
        catch (JsonException fault)
        {
            findings.Add(ReleaseFiles.Coco, "", "schema", "JSON", fault.Message);
        }
    }
}
