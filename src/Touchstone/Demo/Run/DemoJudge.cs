using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Answers;
using Touchstone.Demo.Crowd;
using Touchstone.Demo.Scenes;
using Touchstone.Formats.Labels;
using Touchstone.Quality.Assays;
using Touchstone.Server.Trust.Releases.Verification;
using Touchstone.Terminal;

namespace Touchstone.Demo.Run;

/// <summary>Holds a finished release against the truth, reading nothing but its files.</summary>
internal static class DemoJudge
{
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public sealed record Report(double Ap, double Ap50, IReadOnlyList<AssayFigure> Measured, Assay True, bool Verified);

    public static async Task<Report> JudgeAsync(DirectoryInfo release, SceneGallery gallery, CancellationToken cancellationToken)
    {
        var ontology = DemoOntology.Project.Ontology;
        var labels = new List<(ImageTruth Truth, AnswerSet Released, IReadOnlyDictionary<string, double> Confidence)>();
        await using (var stream = File.OpenRead(Path.Combine(release.FullName, "labels.ndjson")))
        {
            await foreach (var line in LabelsReader.ReadAsync(stream, cancellationToken))
            {
                var label = line.Label ?? throw new CommandException($"labels.ndjson:{line.Number}: {line.Fault}");
                var truth = ImageTruth.Of(gallery.Named(label.ExternalId!));
                labels.Add((truth, AnswerSet.Parse(ontology, label.Answers), ConfidenceOf(label)));
            }
        }

        var judge = new DemoTruth(ontology);
        var precision = judge.AveragePrecision(labels);
        var truthful = DemoTruth.Figures(judge.Grade(labels.Select(l => (l.Truth, l.Released))));
        return new Report(precision.Ap, precision.Ap50, await FiguresAsync(release, cancellationToken), truthful, (await ReleaseVerifier.VerifyAsync(release.FullName, cancellationToken)).Accepted);
    }

    private static Dictionary<string, double> ConfidenceOf(LabelRecord label) =>
        label.Confidence.SelectMany(c => c.Shapes ?? []).Where(s => s.Value is not null).ToDictionary(s => s.Shape, s => s.Value!.Value);

    private static async Task<IReadOnlyList<AssayFigure>> FiguresAsync(DirectoryInfo release, CancellationToken cancellationToken)
    {
        var manifest = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(release.FullName, "release.json"), cancellationToken))!;
        return manifest["content"]!["assay"]!["figures"].Deserialize<List<AssayFigure>>(Wire)!;
    }
}
