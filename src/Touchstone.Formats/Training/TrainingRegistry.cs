using System.Text.Json;
using Touchstone.Formats.Argilla;
using Touchstone.Formats.Benchmarks;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.HealthBench;
using Touchstone.Formats.HelpSteer;
using Touchstone.Formats.HhRlhf;
using Touchstone.Formats.Hle;
using Touchstone.Formats.Json;
using Touchstone.Formats.OpenAi;
using Touchstone.Formats.Prm800k;
using Touchstone.Formats.Scale;
using Touchstone.Formats.Texts;
using Touchstone.Formats.Trl;
using Touchstone.Formats.Verl;

namespace Touchstone.Formats.Training;

/// <summary>Every format of records to train language models with, one line each.</summary>
public static class TrainingRegistry
{
    /// <summary>How many files are looked at to recognise a folder.</summary>
    private const int CandidatesMax = 200;

    private const double TellingMin = 0.05;

    /// <summary>How far behind the surest format of a file another one may be to be told.</summary>
    private const double Behind = 0.15;

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<TrainingFormat> All { get; } =
    [
        new RecordsFormat(),
        new TrlFormat(),
        new OpenAiChatFormat(),
        new OpenAiPreferenceFormat(),
        new OpenAiReinforcementFormat(),
        new VerlFormat(),
        new Prm800kFormat(),
        new ScaleGenAiFormat(),
        new HelpSteer2Format(),
        new HelpSteer3Format(),
        new HleFormat(),
        new HealthBenchFormat(),
        new ArgillaFormat(),
        new HhRlhfFormat(),
        new HuggingFaceRowsFormat(),
        new PandaLmFormat(),
        new LlmBarFormat(),
        new MtBenchFormat(),
        new BigBenchMistakeFormat(),
        new Gsm8kFormat(),
    ];

    /// <summary>The format of that id; null where there is none.</summary>
    public static TrainingFormat? Find(string id) => All.FirstOrDefault(f => f.Traits.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a folder or file is, the surest first: for each format the one data set that its files are together. Reads only names and the beginnings of files.</summary>
    public static IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        Dictionary<TrainingFormat, List<(string File, double Certainty)>> found = [];
        List<string> unreadable = [];
        foreach (var file in source.Files.Where(RowFiles.MayBe).Take(CandidatesMax))
        {
            if (RowFiles.First(source, file) is not { } row)
            {
                unreadable.Add(file);
                continue;
            }

            if (row.ValueKind != JsonValueKind.Object) continue;
            var certainties = All.Select(f => (Format: f, Certainty: f.CertaintyOf(row))).ToList();
            var least = Math.Max(TellingMin, certainties.Max(c => c.Certainty) - Behind);
            foreach (var (format, certainty) in certainties)
            {
                if (certainty <= least) continue;
                if (!found.TryGetValue(format, out var files)) found.Add(format, files = []);
                files.Add((file, certainty));
            }
        }

        return
        [
            .. found.Select(f => new Recognition(f.Key.Traits.Id, source.IsFile ? "" : PlaceOf(f.Value.ConvertAll(v => v.File), unreadable), f.Value.Max(v => v.Certainty), $"rows as {f.Key.Traits.Name} has them"))
                .OrderByDescending(r => r.Certainty).ThenBy(r => r.Place, StringComparer.Ordinal).ThenBy(r => r.Format, StringComparer.Ordinal),
        ];
    }

    private static string PlaceOf(List<string> found, List<string> unreadable) => TextPlaces.Of([.. found, .. RowCandidates.Beside(found, unreadable)]);
}
