using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Ontologies;

/// <summary>What a change of ontology would do to answers that exist. Nothing is changed or deleted.</summary>
public static class OntologyChange
{
    /// <summary>Ids of answers that one difference lists at most.</summary>
    public const int MaxExamples = 20;

    /// <summary>Compares two versions and checks every existing answer against the newer.</summary>
    /// <param name="from">The version that the answers were made under.</param>
    /// <param name="to">The version that would follow. What it renames it says by <c>renamed_from</c>.</param>
    /// <param name="existing">Answers with their ids and inputs; read once, none is kept.</param>
    /// <remarks>
    /// Answers keep the version that they were made under; the impact says which of them would be faulty if they were made today. One answer may
    /// count under several differences. What no difference explains is counted under <c>other</c>.
    /// </remarks>
    public static OntologyImpact Preview(
        Ontology from, Ontology to, IEnumerable<(string Id, JsonElement Answers, InputExtent Input)> existing)
    {
        var differences = new OntologyComparison(from, to).Differences().Select(d => new Tally(d)).ToList();
        var other = new Tally(new Difference("other", "", "Changes that no single difference above explains.", _ => true, null));
        var renames = OntologyRenames.Any(to.Questions);
        var (count, valid, already) = (0, 0, 0);
        foreach (var (id, answers, input) in existing)
        {
            count++;
            if (AnswerChecker.Check(from, answers, input).Count > 0)
            {
                already++;
                continue;
            }

            var carried = renames ? OntologyRenames.Carry(answers, to) : answers;
            foreach (var tally in differences) tally.Begin(answers);
            var faults = AnswerChecker.Check(to, carried, input);
            foreach (var fault in faults) Blame(new FaultPlace(to, carried, fault), differences, other);
            if (faults.Count == 0) valid++;
            foreach (var tally in differences) tally.End(id);
            other.End(id);
        }

        if (other.Invalid > 0) differences.Add(other);
        return new OntologyImpact(count, valid, count - valid - already, already, [.. differences.Select(d => d.Result())]);
    }

    /// <summary>Answers made under an older version as a newer one would write them: with its ids where it renames. They may still have faults.</summary>
    /// <param name="answers">Valid answers of the older version.</param>
    /// <param name="to">The newer version. Each of its items follows the older one of the same id, or else the one that its <c>renamed_from</c> names.</param>
    public static JsonElement Carry(JsonElement answers, Ontology to) => OntologyRenames.Any(to.Questions) ? OntologyRenames.Carry(answers, to) : answers;

    private static void Blame(FaultPlace place, List<Tally> differences, Tally other)
    {
        var explained = false;
        foreach (var tally in differences.Where(tally => tally.Difference.Explains(place)))
        {
            tally.Hit();
            explained = true;
        }

        if (!explained) other.Hit();
    }

    /// <summary>How often one difference came up.</summary>
    private sealed class Tally(Difference difference)
    {
        private readonly List<string> _examples = [];
        private int _touched;
        private bool _hit;
        private bool _uses;

        public Difference Difference => difference;

        public int Invalid { get; private set; }

        public void Begin(JsonElement answers) => _uses = difference.Touches?.Invoke(answers) ?? false;

        public void Hit() => _hit = true;

        public void End(string id)
        {
            if (_hit)
            {
                Invalid++;
                if (_examples.Count < MaxExamples) _examples.Add(id);
            }
            else if (_uses) _touched++;

            (_hit, _uses) = (false, false);
        }

        public OntologyDifference Result() => new(difference.Kind, difference.Pointer, difference.Description, Invalid, _touched, _examples);
    }
}

/// <summary>What a change of ontology would do.</summary>
/// <param name="Answers">Answer sets looked at.</param>
/// <param name="Valid">Those that are valid under the newer version, after renames.</param>
/// <param name="Invalid">Those that it would make invalid.</param>
/// <param name="AlreadyInvalid">Those that were not valid under the older version either; nothing more is said of them.</param>
/// <param name="Differences">Each difference with what it does.</param>
public sealed record OntologyImpact(int Answers, int Valid, int Invalid, int AlreadyInvalid, IReadOnlyList<OntologyDifference> Differences);

/// <summary>One difference between two versions.</summary>
/// <param name="Kind">A stable name in snake_case, such as <c>class_removed</c>.</param>
/// <param name="Pointer">RFC 6901 pointer into the newer ontology, or into the older one where something was removed.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Invalid">Existing answer sets that it would make invalid.</param>
/// <param name="Touched">Existing answer sets that use what it changes and stay valid, such as those of a renamed class.</param>
/// <param name="Examples">Ids of up to 20 of the invalid ones.</param>
public sealed record OntologyDifference(string Kind, string Pointer, string Description, int Invalid, int Touched, IReadOnlyList<string> Examples);
