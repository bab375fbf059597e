using System.Text.Json;
using Touchstone.Annotations.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Reads choices and their options. An option may be written as its id alone.</summary>
internal sealed class ChoiceReader(FaultList faults)
{
    private int _count;

    public ChoiceQuestion Read(ObjectReader reader, string id, string? title)
    {
        if (reader.Form == OntologyForms.Boolean) return ChoiceQuestion.YesOrNo(id, title);

        var taxonomy = reader.Flag("taxonomy");
        var multiple = reader.Flag("multiple");
        var options = ReadOptions(reader, "options", taxonomy, 1);
        if (_count > OntologyLimits.MaxOptions) reader.Fault("options", $"at most {OntologyLimits.MaxOptions} options, all levels together", $"{_count}");
        var leavesOnly = reader.Flag("leaves_only");
        if (leavesOnly && !taxonomy) reader.Fault("leaves_only", "taxonomy: true beside it", "leaves_only without taxonomy");
        var (min, max) = (reader.Whole("min_selected", 0, OntologyLimits.MaxSelected), reader.Whole("max_selected", 1, OntologyLimits.MaxSelected));
        if (!multiple && (min ?? max) is not null)
            reader.Fault(min is null ? "max_selected" : "min_selected", "multiple: true beside it", "a number of options without multiple");
        if (min > max) reader.Fault("max_selected", $"at least min_selected, {min}", $"{max}");
        return new ChoiceQuestion(id, title, options)
        {
            Multiple = multiple,
            Taxonomy = taxonomy,
            LeavesOnly = leavesOnly,
            MinSelected = min,
            MaxSelected = max,
        };
    }

    private List<ChoiceOption> ReadOptions(ObjectReader owner, string key, bool taxonomy, int level)
    {
        var options = new List<ChoiceOption>();
        foreach (var (value, pointer) in owner.List(key, OntologyLimits.MaxOptions, required: level == 1))
        {
            if (++_count > OntologyLimits.MaxOptions) break;
            if (ReadOption(value, pointer, options, taxonomy, level) is { } option) options.Add(option);
        }

        return options;
    }

    private ChoiceOption? ReadOption(JsonElement value, string pointer, List<ChoiceOption> before, bool taxonomy, int level)
    {
        if (value.ValueKind == JsonValueKind.String) return ReadShorthand(value.GetString()!, pointer, before);
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            faults.Add(pointer, "an option: an id (put it in quotes), or an object", value);
            return null;
        }

        var reader = new ObjectReader(value, pointer, OntologyForms.Option, faults);
        var id = OntologyReader.ReadId(reader, before.Select(o => o.Id));
        var option = new ChoiceOption(id ?? "", reader.Text("title", OntologyLimits.MaxTitleLength), ReadChildren(reader, taxonomy, level))
        {
            Help = reader.Text("help", OntologyLimits.MaxHelpLength),
            Colour = Palette.Read(reader),
            Hotkey = HotkeyCheck.Read(reader),
            RenamedFrom = OntologyReader.ReadRenamedFrom(reader),
        };
        return id is null ? null : option;
    }

    private ChoiceOption ReadShorthand(string id, string pointer, List<ChoiceOption> before)
    {
        if (!Identifier.IsValid(id)) faults.Add(pointer, Identifier.Expected, JsonText.Quote(id));
        else if (before.Exists(o => o.Id == id)) faults.Add(pointer, "an id that is not taken", JsonText.Quote(id));
        return new ChoiceOption(id);
    }

    private List<ChoiceOption> ReadChildren(ObjectReader reader, bool taxonomy, int level)
    {
        if (!reader.Has("children", out var children)) return [];
        if (!taxonomy) reader.Fault("children", "no children, or taxonomy: true in the question", JsonText.Describe(children));
        if (level < OntologyLimits.MaxLevels) return ReadOptions(reader, "children", taxonomy, level + 1);
        reader.Fault("children", $"at most {OntologyLimits.MaxLevels} levels", "one more");
        return [];
    }
}
