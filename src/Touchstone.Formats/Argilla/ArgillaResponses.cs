using System.Text.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Argilla;

/// <summary>What was said of one record, person by person and model by model.</summary>
internal sealed class ArgillaResponses
{
    private const string Submitted = "submitted";

    private readonly List<(string? Who, Dictionary<string, JsonElement> Answers)> _people = [];
    private readonly List<(string? Who, Dictionary<string, JsonElement> Answers)> _models = [];

    /// <summary>Responses that are no judgements: each with its <c>question</c> and the <c>response</c> as Argilla has it.</summary>
    public List<JsonElement> Others { get; } = [];

    /// <summary>Takes a response.</summary>
    /// <param name="question">What it answers.</param>
    /// <param name="value">The answer; null where there is none.</param>
    /// <param name="who">The person; null where nobody is named, who is then somebody else than all others.</param>
    /// <param name="status">submitted, draft or discarded; null where the file has no word on it, as with those that were submitted.</param>
    public void Add(string question, JsonElement? value, string? who, string? status)
    {
        var answers = who is null ? null : _people.Find(p => p.Who == who).Answers;
        if (value is not { } answer || status is not (null or Submitted) || answers?.ContainsKey(question) == true)
        {
            Dictionary<string, object?> response = new() { ["value"] = value, ["user_id"] = who };
            if (status is not null) response["status"] = status;
            Others.Add(JsonSerializer.SerializeToElement(new Dictionary<string, object?> { ["question"] = question, ["response"] = response }));
            return;
        }

        if (answers is null) _people.Add((who, answers = new(StringComparer.Ordinal)));
        answers.Add(question, answer);
    }

    /// <summary>Takes a suggestion of a model.</summary>
    public void Suggest(string question, string? agent, JsonElement suggestion)
    {
        var answers = _models.Find(m => m.Who == agent).Answers;
        if (answers is null) _models.Add((agent, answers = new(StringComparer.Ordinal)));
        answers[question] = suggestion;
    }

    /// <summary>People's judgements, then models'.</summary>
    public List<Judgement> Judgements(Func<string?, bool, Dictionary<string, JsonElement>, Judgement> of) =>
        [.. _people.Select(p => of(p.Who, false, p.Answers)), .. _models.Select(m => of(m.Who, true, m.Answers))];
}
