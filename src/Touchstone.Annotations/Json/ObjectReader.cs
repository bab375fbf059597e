using System.Text.Json;
using Touchstone.Annotations.Answers;

namespace Touchstone.Annotations.Json;

/// <summary>Reads the members of one JSON object of a definition; what is unknown, missing or of a wrong type is a fault.</summary>
internal sealed class ObjectReader
{
    private readonly JsonElement _element;
    private readonly FaultList _faults;

    /// <param name="element">The object. Anything else is a fault, and reads as an empty one.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="form">What it may hold.</param>
    /// <param name="faults">Where faults go.</param>
    public ObjectReader(JsonElement element, string pointer, ObjectForm form, FaultList faults)
    {
        (Pointer, Form, _faults) = (pointer, form, faults);
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(pointer, $"{form.Noun}: an object with {string.Join(", ", form.Keys)}", element);
            return;
        }

        _element = element;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!form.Keys.Contains(member.Name, StringComparer.Ordinal))
                faults.Add(JsonPointer.Append(pointer, member.Name), ExpectedOneOf(form, member.Name), "an unknown key");
            else if (!seen.Add(member.Name))
                faults.Add(JsonPointer.Append(pointer, member.Name), "each key once", "it a second time");
        }
    }

    public string Pointer { get; }

    public ObjectForm Form { get; }

    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>Reads an object within this one.</summary>
    public ObjectReader Open(JsonElement element, string pointer, ObjectForm form) => new(element, pointer, form, _faults);

    public string At(string key) => JsonPointer.Append(Pointer, key);

    public void Fault(string key, string expected, string found) => _faults.Add(At(key), expected, found);

    /// <summary>The member, unless it is absent or null.</summary>
    public bool Has(string key, out JsonElement value)
    {
        value = default;
        return IsObject && _element.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;
    }

    public string? Text(string key, int maxLength, bool required = false)
    {
        if (!Has(key, out var value))
        {
            if (required && IsObject) Fault(key, "a text", "nothing");
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            _faults.Add(At(key), value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? "a text (put it in quotes)" : "a text", value);
            return null;
        }

        var text = value.GetString()!;
        if (text.Length <= maxLength && !(required && string.IsNullOrWhiteSpace(text))) return text;
        Fault(key, required ? $"1 to {maxLength} characters" : $"at most {maxLength} characters", text.Length == 0 ? "none" : $"{text.Length}");
        return null;
    }

    public bool Flag(string key)
    {
        if (!Has(key, out var value)) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) _faults.Add(At(key), "true or false", value);
        return value.ValueKind == JsonValueKind.True;
    }

    public int? Whole(string key, int min, int max)
    {
        if (!Has(key, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Floor(number) && number >= min && number <= max)
            return (int)number;
        _faults.Add(At(key), max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}", value);
        return null;
    }

    public double? Number(string key, double min = double.MinValue, double max = double.MaxValue, bool aboveMin = false)
    {
        if (!Has(key, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max && !(aboveMin && number == min))
            return number + 0.0;
        var expected = (min, max) switch
        {
            (double.MinValue, double.MaxValue) => "a finite number",
            (_, double.MaxValue) => aboveMin ? $"a number above {min}" : $"a number of at least {min}",
            _ => $"a number from {min} to {max}",
        };
        _faults.Add(At(key), expected, value);
        return null;
    }

    /// <summary>The items of a list, each with its pointer; none where the member is absent.</summary>
    public IEnumerable<(JsonElement Value, string Pointer)> List(string key, int max, bool required = false)
    {
        if (!Has(key, out var value))
        {
            if (required && IsObject) Fault(key, "a list of one or more", "nothing");
            return [];
        }

        var count = value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : -1;
        if (count <= max && count >= (required ? 1 : 0)) return value.EnumerateArray().Select((item, i) => (item, JsonPointer.Append(At(key), i)));
        _faults.Add(At(key), required ? $"a list of 1 to {max}" : $"a list of at most {max}", value);
        return [];
    }

    /// <summary>One of a few names; the fallback where it is absent or has a fault.</summary>
    public T OneOf<T>(string key, IReadOnlyDictionary<string, T> names, T fallback)
    {
        if (!Has(key, out var value)) return fallback;
        if (value.ValueKind == JsonValueKind.String && names.TryGetValue(value.GetString()!, out var found)) return found;
        _faults.Add(At(key), Suggest($"one of {string.Join(", ", names.Keys)}", value.ValueKind == JsonValueKind.String ? value.GetString()! : "", names.Keys), value);
        return fallback;
    }

    internal static string Suggest(string expected, string word, IEnumerable<string> known) =>
        EditDistance.Nearest(word, known) is { } near ? $"{expected} (did you mean \"{near}\"?)" : expected;

    private static string ExpectedOneOf(ObjectForm form, string name) =>
        Suggest($"a key of {form.Noun}: {string.Join(", ", form.Keys)}", name, form.Keys);
}

/// <summary>The keys that one kind of object may have. docs/reference/project.schema.json has a definition of the same name with the same keys.</summary>
/// <param name="Name">Its name in the schema.</param>
/// <param name="Noun">What faults call it.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record ObjectForm(string Name, string Noun, IReadOnlyList<string> Keys);

/// <summary>Faults as they are found.</summary>
internal sealed class FaultList
{
    private const int Max = AnswerChecker.MaxFaults;
    private readonly List<Fault> _faults = [];
    private int _beyond;

    public bool IsEmpty => _faults.Count == 0;

    public int Count => _faults.Count + _beyond;

    public void Add(string pointer, string expected, string found)
    {
        if (_faults.Count == Max) _beyond++;
        else _faults.Add(new Fault(pointer, expected, found));
    }

    public void Add(string pointer, string expected, JsonElement found) => Add(pointer, expected, JsonText.Describe(found));

    public IReadOnlyList<Fault> ToList() =>
        _beyond == 0 ? _faults : [.. _faults, new Fault("", $"at most {Max} faults to list", $"{_beyond} more")];

    /// <summary>The value, or the faults that forbid it.</summary>
    public Parsed<T> Result<T>(Func<T> value) where T : class => IsEmpty ? new Parsed<T>(value(), []) : new Parsed<T>(null, ToList());
}
