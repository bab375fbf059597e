using System.Security.Cryptography;
using System.Text;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Training;

/// <summary>Looks at every record for what is probably wrong with it: what trainers stumble over, or learn without a word.</summary>
public sealed class TrainingInspection
{
    private readonly HashSet<UInt128> _seen = [];
    private readonly SortedDictionary<string, (long Count, List<Suspicion> Kept)> _byKind = new(StringComparer.Ordinal);

    /// <summary>What is in the data set.</summary>
    public TrainingSurvey Survey { get; } = new();

    /// <summary>Suspicions by kind: how many, and the first of them.</summary>
    public IEnumerable<(string Kind, long Count, IReadOnlyList<Suspicion> First)> Suspicions => _byKind.Select(k => (k.Key, k.Value.Count, (IReadOnlyList<Suspicion>)k.Value.Kept));

    /// <summary>Looks at a record.</summary>
    public void Add(TrainingRecord record)
    {
        Survey.Add(record);
        if (!_seen.Add(Hash(record))) Suspect("duplicate", record, "the same prompt with the same completions was there before");
        if (!record.IsPlain && !record.IsSequence && record.Prompt is [.., { Role: "assistant" }]) Suspect("prompt_ends_with_answer", record, "the last turn of the prompt is the assistant's");
        if (!record.IsPlain && Dialogues(record).Any(d => !Alternates(d))) Suspect("roles_do_not_alternate", record, "two turns of the user, or of the assistant, follow each other");
        for (var i = 0; i < record.Completions.Count; i++) Look(record, i);
    }

    private void Look(TrainingRecord record, int index)
    {
        var completion = record.Completions[index];
        var text = completion.Text;
        if (string.IsNullOrWhiteSpace(text) && !completion.Turns.Any(t => t.Others.Count > 0)) Suspect("empty_completion", record, $"completion {index + 1} is empty");
        else if (!record.IsSequence && record.Prompt is [.., var last] && last.Text.Length > 0 && text.StartsWith(last.Text, StringComparison.Ordinal)) Suspect("prompt_in_completion", record, $"completion {index + 1} begins with the prompt");
        for (var other = 0; other < index; other++)
            if (record.Completions[other].Text == text && text.Length > 0) Suspect("same_completions", record, $"completions {other + 1} and {index + 1} are the same");
    }

    private static IEnumerable<IEnumerable<Turn>> Dialogues(TrainingRecord record) => record.Completions.Count == 0 ? [record.Prompt] : record.Completions.Select(c => record.Prompt.Concat(c.Turns));

    private static bool Alternates(IEnumerable<Turn> turns)
    {
        var before = "";
        foreach (var turn in turns)
        {
            if (turn.Role == before && before is ("user" or "assistant") && turn.Others.Count == 0) return false;
            before = turn.Role;
        }

        return true;
    }

    private static UInt128 Hash(TrainingRecord record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var turn in record.Prompt) Append(hash, turn);
        foreach (var completion in record.Completions)
        {
            hash.AppendData([2]);
            foreach (var turn in completion.Turns) Append(hash, turn);
            foreach (var step in completion.Steps) hash.AppendData(Encoding.UTF8.GetBytes(step.Text));
        }

        var bytes = hash.GetHashAndReset();
        return new UInt128(BitConverter.ToUInt64(bytes, 0), BitConverter.ToUInt64(bytes, 8));
    }

    private static void Append(IncrementalHash hash, Turn turn)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(turn.Role));
        hash.AppendData([0]);
        hash.AppendData(Encoding.UTF8.GetBytes(turn.Text));
        hash.AppendData([1]);
    }

    private void Suspect(string kind, TrainingRecord record, string message)
    {
        var (count, kept) = _byKind.TryGetValue(kind, out var known) ? known : (0, []);
        if (kept.Count < Inspection.KeptMax) kept.Add(new Suspicion(kind, record.Name, "", message));
        _byKind[kind] = (count + 1, kept);
    }
}
