using System.Text.Json;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>Checks answers to choices: one or several options, paths of a taxonomy, yes or no.</summary>
internal static class ChoiceCheck
{
    public static void Check(ChoiceQuestion question, JsonElement value, ref CheckRun run)
    {
        if (question.Boolean)
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) run.Report("true or false", value);
        }
        else if (question.Multiple) CheckSeveral(question, value, ref run);
        else Find(question, value, ref run);
    }

    private static void CheckSeveral(ChoiceQuestion question, JsonElement value, ref CheckRun run)
    {
        var noun = question.Taxonomy ? "paths" : "ids";
        if (value.ValueKind != JsonValueKind.Array)
        {
            run.Report($"a list of {noun} of options", value);
            return;
        }

        var count = value.GetArrayLength();
        var min = question.MinSelected ?? (question.Required ? 1 : 0);
        var max = Math.Min(question.MaxSelected ?? int.MaxValue, OntologyLimits.MaxSelected);
        if (count < min)
            run.Report($"at least {min} {noun} of options", value);
        else if (count > max)
            run.Report($"at most {max} {noun} of options", value);
        else
            CheckDistinct(question, value, ref run);
    }

    private static void CheckDistinct(ChoiceQuestion question, JsonElement value, ref CheckRun run)
    {
        Span<int> chosen = stackalloc int[OntologyLimits.MaxSelected];
        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            run.Enter(i);
            chosen[i] = Find(question, item, ref run);
            if (chosen[i] >= 0 && chosen[..i].Contains(chosen[i])) run.Report("each option once", "it a second time");
            run.Leave();
            i++;
        }
    }

    /// <summary>The position of the option chosen, counted from the top as the tree is written; -1 after a fault.</summary>
    private static int Find(ChoiceQuestion question, JsonElement value, ref CheckRun run) =>
        question.Taxonomy ? FindPath(question, value, ref run) : FindOption(question.Options, question.Ids, value, "the id of an option", ref run);

    private static int FindOption(IReadOnlyList<ChoiceOption> options, IdIndex ids, JsonElement value, string noun, ref CheckRun run)
    {
        var index = value.ValueKind == JsonValueKind.String ? ids.Find(JsonText.Utf8Of(value)) : -1;
        if (index < 0) run.Report(Expected(options, noun), value);
        return index;
    }

    private static int FindPath(ChoiceQuestion question, JsonElement value, ref CheckRun run)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            run.Report("a path: a list of ids of options from the root down", value);
            return -1;
        }

        var (options, ids) = (question.Options, question.Ids);
        var (place, depth) = (-1, 0);
        foreach (var step in value.EnumerateArray())
        {
            if (options.Count == 0)
            {
                run.Report($"a path that ends here: {depth} ids", value);
                return -1;
            }

            run.Enter(depth);
            var index = FindOption(options, ids, step, "the id of an option", ref run);
            run.Leave();
            if (index < 0) return -1;
            place++;
            for (var before = 0; before < index; before++) place += options[before].TreeSize;
            (options, ids) = (options[index].Children, options[index].Ids);
            depth++;
        }

        if (options.Count == 0 || !question.LeavesOnly) return place;
        run.Report(Expected(options, "a path that goes on to the last level"), value);
        return -1;
    }

    private static string Expected(IReadOnlyList<ChoiceOption> options, string noun) =>
        options.Count <= 20 ? $"{noun}: {string.Join(", ", options.Select(o => o.Id))}" : $"{noun}, one of {options.Count}";
}
