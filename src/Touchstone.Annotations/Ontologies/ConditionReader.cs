using System.Text.Json;
using Touchstone.Annotations.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Reads conditions and checks that they can be met: what they name stands before them, and may have the values they ask for.</summary>
internal sealed class ConditionReader(FaultList faults, IReadOnlyList<Question> before, IReadOnlyList<Question>? siblings)
{
    private const int MaxItems = 100;
    private static readonly string[] Tests = ["equals", "in", "contains", "answered"];
    private static readonly string[] Sources = ["question", "attribute"];
    private static readonly string[] Combinations = ["all", "any", "not"];

    public Condition? Read(ObjectReader owner, string key) => owner.Has(key, out var value) ? Read(value, owner.At(key), 1) : null;

    private Condition? Read(JsonElement value, string pointer, int depth)
    {
        if (depth > Condition.MaxDepth)
        {
            faults.Add(pointer, $"conditions at most {Condition.MaxDepth} deep", "deeper ones");
            return null;
        }

        var reader = new ObjectReader(value, pointer, OntologyForms.Condition, faults);
        if (!reader.IsObject) return null;
        string[] combinations = [.. Combinations.Where(key => reader.Has(key, out _))];
        string[] tests = [.. Tests.Where(key => reader.Has(key, out _))];
        string[] sources = [.. Sources.Where(key => reader.Has(key, out _))];
        if (combinations.Length == 1 && tests.Length + sources.Length == 0) return ReadCombination(reader, combinations[0], depth);
        if (combinations.Length == 0 && tests.Length == 1 && sources.Length == 1) return ReadTest(reader, sources[0], tests[0]);

        string[] found = [.. combinations, .. sources, .. tests];
        faults.Add(pointer, "either one of all, any, not, or question or attribute with one of equals, in, contains, answered",
            found.Length == 0 ? "none of them" : string.Join(", ", found));
        return null;
    }

    private Condition? ReadCombination(ObjectReader reader, string key, int depth)
    {
        if (key == "not")
        {
            reader.Has(key, out var inner);
            return Read(inner, reader.At(key), depth + 1) is { } condition ? new NotCondition(condition) : null;
        }

        var conditions = reader.List(key, MaxItems, required: true).Select(item => Read(item.Value, item.Pointer, depth + 1)).OfType<Condition>().ToList();
        return key == "all" ? new AllCondition(conditions) : new AnyCondition(conditions);
    }

    private Condition? ReadTest(ObjectReader reader, string sourceKey, string test)
    {
        if (reader.Text(sourceKey, OntologyLimits.MaxIdLength, required: true) is not { } id) return null;
        var isAttribute = sourceKey == "attribute";
        Question[] questions = [.. (isAttribute ? siblings ?? [] : before).Where(q => q.Id == id)];
        if (questions.Length == 0)
        {
            reader.Fault(sourceKey, isAttribute ? "an attribute that stands before this one in its class" : "a question that stands before this one", JsonText.Quote(id));
            return null;
        }

        var source = new ConditionSource(isAttribute, id);
        return test switch
        {
            "answered" => new AnsweredCondition(source, reader.Flag(test)),
            "contains" => ReadContains(reader, source, questions),
            _ => ReadEquals(reader, source, test, questions[0]),
        };
    }

    private static ContainsCondition? ReadContains(ObjectReader reader, ConditionSource source, Question[] questions)
    {
        if (reader.Text("contains", OntologyLimits.MaxIdLength, required: true) is not { } wanted) return null;
        if (questions[0] is not (ShapesQuestion or ChoiceQuestion { Multiple: true } or ChoiceQuestion { Taxonomy: true }))
        {
            reader.Fault("contains", "equals or in: only shapes, multiple choices and taxonomies contain something", JsonText.Quote(wanted));
            return null;
        }

        // Classes of one question may stand in several places while a project's packs are still apart.
        string[] known = [.. questions.SelectMany(Contained)];
        if (known.Contains(wanted, StringComparer.Ordinal)) return new ContainsCondition(source, wanted);
        reader.Fault("contains", ObjectReader.Suggest($"a class or option of \"{source.Id}\"", wanted, known), JsonText.Quote(wanted));
        return null;
    }

    private static IEnumerable<string> Contained(Question question) => question switch
    {
        ShapesQuestion shapes => shapes.Classes.Select(c => c.Id),
        ChoiceQuestion choice => choice.Options.SelectMany(Within),
        _ => [],
    };

    private static IEnumerable<string> Within(ChoiceOption option) => option.Children.SelectMany(Within).Prepend(option.Id);

    private EqualsCondition? ReadEquals(ObjectReader reader, ConditionSource source, string test, Question question)
    {
        if (question is ShapesQuestion or ChoiceQuestion { Multiple: true })
        {
            reader.Fault(test, $"contains: \"{source.Id}\" has several values", test);
            return null;
        }

        reader.Has(test, out var value);
        var items = test == "in" ? reader.List(test, MaxItems, required: true) : [(value, reader.At(test))];
        var values = items.Select(item => ReadValue(item.Value, item.Pointer, question)).OfType<ConditionValue>().ToList();
        return values.Count == 0 ? null : new EqualsCondition(source, values);
    }

    private ConditionValue? ReadValue(JsonElement value, string pointer, Question question)
    {
        var (read, expected) = question switch
        {
            ChoiceQuestion { Boolean: true } => (Boolean(value), "true or false"),
            ChoiceQuestion { Taxonomy: true } choice => (Text(value, path => HasPath(choice, path)), $"a path of options of \"{choice.Id}\", as a/b"),
            ChoiceQuestion choice => (Text(value, id => choice.FindOption(id) is not null), $"an option of \"{choice.Id}\": {string.Join(", ", choice.Options.Take(20).Select(o => o.Id))}"),
            RatingQuestion rating => (Number(value, n => n == Math.Floor(n) && n >= rating.Min && n <= rating.Max), $"a whole number from {rating.Min} to {rating.Max}"),
            NumberQuestion => (Number(value, double.IsFinite), "a finite number"),
            _ => (Text(value, _ => true), "a text"),
        };
        if (read is null) faults.Add(pointer, expected, value);
        return read;
    }

    private static ConditionValue? Boolean(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? new ConditionValue(value.GetBoolean()) : null;

    private static ConditionValue? Text(JsonElement value, Func<string, bool> fits) =>
        value.ValueKind == JsonValueKind.String && fits(value.GetString()!) ? new ConditionValue(value.GetString()!) : null;

    private static ConditionValue? Number(JsonElement value, Func<double, bool> fits) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && fits(number) ? new ConditionValue(number + 0.0) : null;

    private static bool HasPath(ChoiceQuestion question, string path)
    {
        var options = question.Options;
        foreach (var step in path.Split('/'))
        {
            if (options.FirstOrDefault(o => o.Id == step) is not { } option) return false;
            options = option.Children;
        }

        return true;
    }
}
