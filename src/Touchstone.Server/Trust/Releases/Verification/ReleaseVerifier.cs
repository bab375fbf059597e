using System.Text.Json;
using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>
/// Checks a release offline: no server, no database, nothing but its folder. What can be computed again is computed again by the code that
/// built it and compared; what cannot (the truth of a response) is held by digests.
/// </summary>
public static class ReleaseVerifier
{
    /// <summary>Failures listed at most.</summary>
    public const int FailuresMax = 200;

    /// <summary>Checks every fact of the release in a folder.</summary>
    /// <param name="folder">The folder that holds release.json.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found; a folder that is no release at all is a failure too, never an exception.</returns>
    public static async Task<VerificationReport> VerifyAsync(string folder, CancellationToken cancellationToken = default)
    {
        var root = Path.GetFullPath(folder);
        var findings = new Findings();
        var document = DocumentCheck.Read(root, findings);
        if (document is null) return new VerificationReport(root, null, 0, 0, findings.Failures);
        var content = document.Content;
        var sound = await FolderCheck.RunAsync(root, content, findings, cancellationToken);
        var ontologies = OntologyCheck.Run(content, findings);
        var labels = 0;
        if (AreReadable(content, sound) && ontologies is not null) labels = await DeepCheckAsync(root, content, ontologies, sound, findings, cancellationToken);
        return new VerificationReport(root, document.Digest, labels, content.Files.Count, findings.Failures);
    }

    private static bool AreReadable(ReleaseContent content, IReadOnlySet<string> sound) =>
        ReleaseFiles.Always.All(sound.Contains) && (content.Assay.Audit is null || sound.Contains(ReleaseFiles.Population));

    private static async Task<int> DeepCheckAsync(
        string root, ReleaseContent content, IReadOnlyList<Ontology> ontologies, IReadOnlySet<string> sound, Findings findings, CancellationToken cancellationToken)
    {
        var evidence = EvidenceFile.Read(root, findings, cancellationToken);
        using var lineage = new LineageReader(root, findings);
        var labels = new LabelsCheck(root, content, ontologies, lineage, evidence.Select(e => e.Line.Task).ToHashSet(), new PictureCheck(root, sound, findings), findings);
        await labels.RunAsync(cancellationToken);
        var population = SamplingCheck.Run(root, content, evidence, labels, findings);
        var (graded, goldGraded, circumstances) = EvidenceCheck.Run(content, ontologies, evidence, population, labels, lineage, findings);
        lineage.ExpectEnd();
        FiguresCheck.Run(content, labels, population, graded, goldGraded, circumstances, findings);
        await DerivedFilesCheck.RunAsync(root, content, ontologies, findings, cancellationToken);
        return labels.Ledger.Labels;
    }

    internal static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, ReleaseJson.Options);
}
