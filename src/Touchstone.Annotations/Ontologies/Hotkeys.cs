using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>The keys that classes and options may have: a digit or a lower-case letter, alone or with <c>shift+</c> before it.</summary>
public static class Hotkeys
{
    private const string Keys = "123456789qwertasdfgzxcvbyuiophjklnm0";

    /// <summary>Every key, in the order in which free ones are given out.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Keys.Select(c => $"{c}"), .. Keys.Select(c => $"shift+{c}")];

    /// <summary>Whether this is a key as written here.</summary>
    public static bool IsValid(string key) => All.Contains(key, StringComparer.Ordinal);
}

/// <summary>No key may do two things at once.</summary>
/// <remarks>
/// Classes and the options of questions about the whole input are there all the time, so each has a key of its own. Options of attributes are there
/// while a shape of their class is selected: their keys differ from all of those and from one another within the class.
/// </remarks>
internal sealed class HotkeyCheck(FaultList faults)
{
    /// <summary>The key <c>hotkey</c> of a class or option; a digit may be written without quotes.</summary>
    public static string? Read(ObjectReader reader)
    {
        if (!reader.Has("hotkey", out var value)) return null;
        var key = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.ToLowerInvariant(),
            JsonValueKind.Number when value.TryGetInt32(out var digit) => digit.ToString(CultureInfo.InvariantCulture),
            _ => "",
        };
        if (Hotkeys.IsValid(key)) return key;
        reader.Fault("hotkey", "a key: 0-9 or a-z, alone or after shift+", JsonText.Describe(value));
        return null;
    }

    public void Check(IReadOnlyList<Question> questions, string pointer)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < questions.Count; i++)
        {
            if (questions[i] is ChoiceQuestion choice) CheckOptions(choice.Options, $"{pointer}/{i}/options", taken);
            if (questions[i] is not ShapesQuestion shapes) continue;
            for (var j = 0; j < shapes.Classes.Count; j++) CheckKey(shapes.Classes[j].Hotkey, shapes.Classes[j].Id, $"{pointer}/{i}/classes/{j}", taken);
        }

        for (var i = 0; i < questions.Count; i++)
            if (questions[i] is ShapesQuestion shapes) CheckAttributes(shapes, $"{pointer}/{i}/classes", taken);
    }

    private void CheckAttributes(ShapesQuestion shapes, string pointer, Dictionary<string, string> taken)
    {
        for (var j = 0; j < shapes.Classes.Count; j++)
        {
            var ofClass = new Dictionary<string, string>(taken, StringComparer.Ordinal);
            for (var k = 0; k < shapes.Classes[j].Attributes.Count; k++)
                if (shapes.Classes[j].Attributes[k] is ChoiceQuestion choice) CheckOptions(choice.Options, $"{pointer}/{j}/attributes/{k}/options", ofClass);
        }
    }

    private void CheckOptions(IReadOnlyList<ChoiceOption> options, string pointer, Dictionary<string, string> taken)
    {
        for (var i = 0; i < options.Count; i++)
        {
            CheckKey(options[i].Hotkey, options[i].Id, $"{pointer}/{i}", taken);
            CheckOptions(options[i].Children, $"{pointer}/{i}/children", taken);
        }
    }

    private void CheckKey(string? key, string id, string pointer, Dictionary<string, string> taken)
    {
        if (key is null || taken.TryAdd(key, id)) return;
        faults.Add($"{pointer}/hotkey", "a key that nothing else has", $"{key}, the key of \"{taken[key]}\"");
    }
}
