using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Terminal;

namespace Touchstone.Conversions;

/// <summary>What <c>touchstone inspect</c> tells of records to train language models with.</summary>
internal static class RecordsLook
{
    private const int FirstShown = 5;

    public static async Task<(TrainingInspection Inspection, FaultLog Faults)> AtAsync(ParseResult parsed, TrainingFormat format, DatasetSource source, CancellationToken cancellationToken)
    {
        var (inspection, faults) = (new TrainingInspection(), new FaultLog());
        using var progress = parsed.Progress($"Looked at {format.Traits.Name}");
        await foreach (var record in format.ReadAsync(source, faults, cancellationToken))
        {
            inspection.Add(record);
            progress.Report(inspection.Survey.Records, null);
        }

        return (inspection, faults);
    }

    public static void Tell(ParseResult parsed, TrainingFormat format, Recognition recognition, TrainingInspection inspection, FaultLog faults)
    {
        var survey = inspection.Survey;
        parsed.Print(Printable.Text($"{format.Traits.Name}{(recognition.Place.Length == 0 ? "" : $" in {recognition.Place}")} ({recognition.Reason})"));
        parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {survey.Records:N0} records{(survey.Plain == survey.Records ? " of plain texts" : "")}, {survey.Completions:N0} completions: {string.Join(", ", survey.Kinds.Select(k => $"{k.Value:N0} {WordOf(k.Key)}"))}"));
        foreach (var line in Counts(survey)) parsed.Print(Printable.Text($"  {line}"));
        foreach (var (kind, count, first) in inspection.Suspicions)
        {
            parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {count:N0} {kind.Replace('_', ' ')}"));
            foreach (var each in first.Take(FirstShown)) parsed.Print(Printable.Text($"    {each.Sample}: {each.Message}"));
        }

        if (faults.Count > 0) parsed.Print(string.Create(CultureInfo.InvariantCulture, $"  {faults.Count:N0} records cannot be read:"));
        foreach (var fault in faults.Kept.Take(FirstShown)) parsed.Print(Printable.Text($"    {fault}"));
        parsed.Print("");
    }

    private static IEnumerable<string> Counts(TrainingSurvey survey)
    {
        if (survey.Roles.Count > 0) yield return string.Create(CultureInfo.InvariantCulture, $"turns: {string.Join(", ", survey.Roles.Select(r => $"{r.Key} {r.Value:N0}"))}");
        if (survey.Splits.Count > 0) yield return $"parts: {string.Join(", ", survey.Splits.Select(s => $"{s.Key} {s.Value}"))}";
        if (survey.Ties > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{survey.Ties:N0} ties");
        if (survey.Labels != default) yield return string.Create(CultureInfo.InvariantCulture, $"completions that are good {survey.Labels.Good:N0}, bad {survey.Labels.Bad:N0}");
        if (survey.Steps != default) yield return string.Create(CultureInfo.InvariantCulture, $"steps that are right {survey.Steps.Right:N0}, neutral {survey.Steps.Neutral:N0}, wrong {survey.Steps.Wrong:N0}, not judged {survey.Steps.NotJudged:N0}");
        if (survey.References > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{survey.References:N0} with a reference answer");
        if (survey.Criteria > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{survey.Criteria:N0} criteria of rubrics");
        if (survey.Judgements > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{survey.Judgements:N0} judgements");
    }

    public static JsonObject ToJson(Recognition recognition, TrainingInspection inspection, FaultLog faults)
    {
        var survey = inspection.Survey;
        return new JsonObject
        {
            ["format"] = recognition.Format,
            ["place"] = recognition.Place,
            ["certainty"] = recognition.Certainty,
            ["reason"] = recognition.Reason,
            ["records"] = survey.Records,
            ["plain"] = survey.Plain,
            ["kinds"] = Map(survey.Kinds.Select(k => (JsonNamingPolicy.SnakeCaseLower.ConvertName(k.Key.ToString()), k.Value))),
            ["splits"] = Map(survey.Splits.Select(s => (s.Key, s.Value))),
            ["turns"] = Map(survey.Roles.Select(r => (r.Key, r.Value))),
            ["completions"] = survey.Completions,
            ["ties"] = survey.Ties,
            ["labels"] = new JsonObject { ["good"] = survey.Labels.Good, ["bad"] = survey.Labels.Bad },
            ["steps"] = new JsonObject { ["right"] = survey.Steps.Right, ["neutral"] = survey.Steps.Neutral, ["wrong"] = survey.Steps.Wrong, ["not_judged"] = survey.Steps.NotJudged },
            ["references"] = survey.References,
            ["criteria"] = survey.Criteria,
            ["judgements"] = survey.Judgements,
            ["suspicions"] = new JsonArray([.. inspection.Suspicions.Select(s => (JsonNode)new JsonObject
            {
                ["kind"] = s.Kind,
                ["count"] = s.Count,
                ["first"] = new JsonArray([.. s.First.Select(f => (JsonNode)new JsonObject { ["record"] = f.Sample, ["message"] = f.Message })]),
            })]),
            ["faults"] = faults.Count,
            ["first_faults"] = ConvertOutcome.Faults(faults),
        };
    }

    private static JsonObject Map(IEnumerable<(string Name, long Count)> counts) => new(counts.Select(c => KeyValuePair.Create(c.Name, (JsonNode?)c.Count)));

    private static string WordOf(RecordKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()).Replace('_', ' ');
}
