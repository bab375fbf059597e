using Touchstone.Annotations.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Joins packs and a project's own questions to one ontology.</summary>
/// <remarks>
/// Questions stand pack by pack, the project's own last. Shapes questions of one id become one, with the classes of all. Where two want one key or
/// colour, the project's own question has it, then the pack named first; the other gets the next free one. The same input always gives the same result.
/// </remarks>
internal static class OntologyMerge
{
    /// <param name="packs">Names of packs, each once.</param>
    /// <param name="own">The project's own questions.</param>
    /// <param name="pointer">Where the ontology stands in its document.</param>
    public static Parsed<Ontology> Merge(IReadOnlyList<string> packs, IReadOnlyList<Question> own, string pointer)
    {
        var faults = new FaultList();
        var merged = new List<Question>();
        var sources = new Looks(own);
        for (var i = 0; i < packs.Count; i++)
            foreach (var question in OntologyPacks.Load(packs[i]).Questions) Add(merged, sources.Fit(question), $"{pointer}/packs/{i}", faults);
        for (var i = 0; i < own.Count; i++) Add(merged, own[i], $"{pointer}/questions/{i}", faults);
        if (merged.Count > OntologyLimits.MaxQuestions) faults.Add(pointer, $"at most {OntologyLimits.MaxQuestions} questions", $"{merged.Count}");
        return faults.Result(() => new Ontology(merged));
    }

    private static void Add(List<Question> merged, Question question, string pointer, FaultList faults)
    {
        var index = merged.FindIndex(q => q.Id == question.Id);
        if (index < 0)
        {
            merged.Add(question);
            return;
        }

        if (merged[index] is not ShapesQuestion first || question is not ShapesQuestion second)
        {
            faults.Add(pointer, "questions with ids that are not taken, or shapes questions to join", $"a second question \"{question.Id}\"");
            return;
        }

        if (second.Classes.FirstOrDefault(c => first.FindClass(c.Id) is not null) is { } twice)
            faults.Add(pointer, "classes with ids that are not taken", $"a second class \"{twice.Id}\"");
        merged[index] = first with
        {
            Classes = [.. first.Classes, .. second.Classes],
            Required = first.Required || second.Required,
            Help = first.Help ?? second.Help,
            When = first.When ?? second.When,
            MinCount = Max(first.MinCount, second.MinCount),
            MaxCount = first.MaxCount is { } one && second.MaxCount is { } other ? one + other : null,
        };
    }

    private static int? Max(int? first, int? second) => first is null || second > first ? second : first;

    /// <summary>The keys and colours that are taken.</summary>
    private sealed class Looks
    {
        private readonly FreeColours _colours;
        private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
        private readonly HashSet<string> _keysOfAttributes = new(StringComparer.Ordinal);

        public Looks(IReadOnlyList<Question> own)
        {
            _colours = new FreeColours(own.OfType<ShapesQuestion>().SelectMany(q => q.Classes).Select(c => (string?)c.Colour));
            foreach (var question in own)
            {
                if (question is ChoiceQuestion choice) _keys.UnionWith(KeysOf(choice.Options));
                if (question is not ShapesQuestion shapes) continue;
                _keys.UnionWith(shapes.Classes.Select(c => c.Hotkey).OfType<string>());
                foreach (var attribute in shapes.Classes.SelectMany(c => c.Attributes).OfType<ChoiceQuestion>()) _keysOfAttributes.UnionWith(KeysOf(attribute.Options));
            }
        }

        /// <summary>A pack's question with keys and colours that are still free.</summary>
        public Question Fit(Question question) => question switch
        {
            ChoiceQuestion choice => choice with { Options = [.. choice.Options.Select(option => Fit(option, TakeKey))] },
            ShapesQuestion shapes => FitAttributes(shapes with
            {
                Classes = [.. shapes.Classes.Select(c => c with { Hotkey = TakeKey(c.Hotkey), Colour = _colours.Take(c.Colour) })],
            }),
            _ => question,
        };

        /// <summary>Keys of attributes' options that something else has are given up: those options are chosen by the pointer or by number.</summary>
        private ShapesQuestion FitAttributes(ShapesQuestion shapes)
        {
            string? Keep(string? key)
            {
                if (key is null || _keys.Contains(key)) return null;
                _keysOfAttributes.Add(key);
                return key;
            }

            return shapes with
            {
                Classes =
                [
                    .. shapes.Classes.Select(c => c with
                    {
                        Attributes = [.. c.Attributes.Select(a => a is ChoiceQuestion choice ? choice with { Options = [.. choice.Options.Select(o => Fit(o, Keep))] } : a)],
                    }),
                ],
            };
        }

        private static ChoiceOption Fit(ChoiceOption option, Func<string?, string?> key) =>
            option with { Hotkey = key(option.Hotkey), Children = [.. option.Children.Select(child => Fit(child, key))] };

        private string? TakeKey(string? key)
        {
            if (key is null) return null;
            if (!_keysOfAttributes.Contains(key) && _keys.Add(key)) return key;
            return Hotkeys.All.FirstOrDefault(free => !_keysOfAttributes.Contains(free) && _keys.Add(free));
        }

        private static IEnumerable<string> KeysOf(IReadOnlyList<ChoiceOption> options) =>
            options.SelectMany(o => KeysOf(o.Children).Concat(o.Hotkey is null ? [] : [o.Hotkey]));
    }
}
