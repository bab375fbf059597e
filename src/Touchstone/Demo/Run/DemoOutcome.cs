using System.Text.Json.Nodes;
using Touchstone.Quality.Assays;

namespace Touchstone.Demo.Run;

/// <summary>What a demo did and found.</summary>
/// <param name="Seed">Seed of scenes, people and sample.</param>
/// <param name="Images">Pictures that were labelled.</param>
/// <param name="GoldImages">Pictures with known answers among them in the queue.</param>
/// <param name="Contributors">Simulated contributors.</param>
/// <param name="Responses">Their responses.</param>
/// <param name="Reviewed">Tasks that a reviewer decided.</param>
/// <param name="Audited">Tasks of the random sample.</param>
/// <param name="Agreement">Mean pairwise agreement.</param>
/// <param name="AveragePrecision">COCO AP of the released shapes against the truth.</param>
/// <param name="AveragePrecision50">The same at IoU 0.5.</param>
/// <param name="Measured">The figures of the release's assay.</param>
/// <param name="True">The same figures over the whole release against the truth.</param>
/// <param name="Data">Folder of the database.</param>
/// <param name="Release">Folder of the release.</param>
/// <param name="Digest">Its content digest.</param>
/// <param name="Verified">"touchstone verify" accepts it.</param>
/// <param name="Elapsed">From start to release.</param>
internal sealed record DemoOutcome(
    int Seed, int Images, int GoldImages, int Contributors, long Responses, int Reviewed, int Audited, double? Agreement, double AveragePrecision, double AveragePrecision50,
    IReadOnlyList<AssayFigure> Measured, Assay True, string Data, string Release, string Digest, bool Verified, TimeSpan Elapsed)
{
    /// <summary>Whether the interval of a figure holds the true value.</summary>
    public bool Holds(AssayFigure figure) => True.Find(figure.Name) is { } truth && truth.Estimate >= figure.Lower && truth.Estimate <= figure.Upper;

    public JsonObject ToJson() => new()
    {
        ["seed"] = Seed,
        ["images"] = Images,
        ["gold_images"] = GoldImages,
        ["contributors"] = Contributors,
        ["responses"] = Responses,
        ["reviewed"] = Reviewed,
        ["audited"] = Audited,
        ["agreement"] = Agreement,
        ["ap"] = AveragePrecision,
        ["ap50"] = AveragePrecision50,
        ["confidence"] = True.Confidence,
        ["figures"] = new JsonArray([.. Measured.Select(f => (JsonNode)new JsonObject
        {
            ["name"] = f.Name,
            ["estimate"] = f.Estimate,
            ["lower"] = f.Lower,
            ["upper"] = f.Upper,
            ["images"] = f.SampleImages,
            ["units"] = f.SampleUnits,
            ["design_effect"] = f.DesignEffect,
            ["method"] = f.Method,
            ["true"] = True.Find(f.Name)?.Estimate,
            ["holds"] = Holds(f),
        })]),
        ["data"] = Data,
        ["release"] = Release,
        ["digest"] = Digest,
        ["verified"] = Verified,
        ["seconds"] = Math.Round(Elapsed.TotalSeconds, 1),
    };
}
