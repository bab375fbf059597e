using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Tests.Training;

/// <summary>Members of a row that a reader does not take stay facts, or are told: nothing is dropped in silence.</summary>
public sealed class UntakenMembersTests
{
    private const string Stray = "stray-7f3a";

    private static TrainingFormat Of(string id) => TrainingRegistry.Find(id)!;

    /// <summary>Rows as the data sets have them, with a member beside those that make the record.</summary>
    [Theory]
    [InlineData("trl", """{"prompt":"p","prompt_id":"x","messages":[{"role":"user","content":"p"},{"role":"assistant","content":"gold"}],"chosen":[{"role":"user","content":"p"},{"role":"assistant","content":"a"}],"rejected":[{"role":"user","content":"p"},{"role":"assistant","content":"b"}],"score_chosen":8.5,"score_rejected":7.5}""", "gold", "score_chosen", "prompt_id")]
    [InlineData("trl", """{"prompt":"ask","chosen":[{"role":"assistant","content":"a"}],"rejected":[{"role":"assistant","content":"b"}]}""", "ask")]
    [InlineData("trl", """{"prompt":"the prompt","prompt_id":"x","messages":[{"role":"user","content":"u"},{"role":"assistant","content":"a"}],"category":"QA"}""", "the prompt", "QA")]
    [InlineData("trl", """{"prompt":"p1","completion":"c1","text":"t1"}""", "p1", "c1", "t1")]
    [InlineData("trl", """{"prompt":"p","completion":"c","label":1}""", "\"label\":true")]
    [InlineData("trl", """{"prompt":"p","completion":"c","label":"perhaps"}""", "perhaps")]
    [InlineData("trl", """{"prompt":"p","solution":42}""", "\"solution\":42")]
    [InlineData("trl", """{"prompt":"p","chosen":"a","rejected":"b","margin":"0.5","id":{"a":1},"label":3,"labels":[1],"text":"t2"}""", "\"margin\":\"0.5\"", "\"id\":{\"a\":1}", "\"label\":3", "\"labels\":[1]", "t2")]
    [InlineData("trl", """{"prompt":"p","completion":[{"role":"assistant","content":"x"},{"role":"tool","content":"y"},{"role":"assistant","content":"z"}]}""", "\"role\":\"tool\"")]
    [InlineData("openai-rft", """{"messages":[{"role":"user","content":"u"}],"reference_answer":{"donor_bond_counts":5,"acceptor_bond_counts":7}}""", "donor_bond_counts")]
    [InlineData("openai-rft", """{"messages":[{"role":"user","content":"u"}],"reference_answer":42}""", "\"reference_answer\":42")]
    [InlineData("verl", """{"data_source":"d","prompt":[{"role":"user","content":"u"}],"ability":"math","reward_model":{"style":"rule","ground_truth":"1","rubric":["r7"],"weight":0.25},"extra_info":"a text"}""", "r7", "0.25", "a text")]
    [InlineData("openai-preference", """{"id":"i7","source":"s7","input":{"messages":[{"role":"user","content":"u"}],"meta":"m7"},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}""", "i7", "s7", "m7")]
    [InlineData("prm800k", """{"labeler":"u","mynote":"n7","question":{"problem":"p","ground_truth_answer":"1","foo":3.25},"label":{"steps":[{"completions":[{"text":"s","rating":1,"extra":"e7"}],"human_completion":{"text":"h","source":"human","corrected_rating":-1},"chosen_completion":null}],"bar":"b7"}}""", "n7", "3.25", "e7", "corrected_rating", "b7")]
    [InlineData("huggingface-rows", """{"prompt":"p","input":{"a":"i7"},"responses":[{"response":"r","score":0.125,"ratings":{"x":5.5}},{"note":"n7"}]}""", "i7", "0.125", "5.5", "n7")]
    [InlineData("huggingface-rows", """{"conversations":[{"from":"human","value":"h"},{"from":"gpt","value":"g","weight":0.75,"loss":false}]}""", "0.75", "loss")]
    public async Task A_row_in_the_shape_of_its_library_keeps_every_column(string id, string row, params string[] kept)
    {
        var format = Of(id);
        var record = Assert.Single(await Records.OfTextAsync(format, row));
        var own = await Records.TextAsync(record);
        Assert.All(kept, k => Assert.Contains(k, own, StringComparison.Ordinal));
        if (!format.Traits.Writes) return;
        var (rows, losses) = await Records.WriteAsync(format, [record]);
        if (!losses.IsEmpty) return;
        Assert.All(kept, k => Assert.Contains(k, rows[0].GetRawText(), StringComparison.Ordinal));
    }

    /// <summary>Every object of every row gets a member that no format knows, and every value of the row becomes one of another type.</summary>
    [Theory]
    [MemberData(nameof(Rows.Ids), MemberType = typeof(Rows))]
    public async Task Unknown_members_at_each_level_stay_or_are_told(string id)
    {
        var format = Of(id);
        foreach (var line in Rows.ById[id].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var row = JsonElement.Parse(line);
            foreach (var changed in WithStray(row))
            {
                var faults = new FaultLog();
                var text = string.Concat(await Task.WhenAll((await Records.OfTextAsync(format, changed, faults)).Select(Records.TextAsync)));
                Assert.True(faults.Count > 0 || text.Contains(Stray, StringComparison.Ordinal), $"{id}: {changed}\nbecame\n{text}");
            }
        }
    }

    private static IEnumerable<string> WithStray(JsonElement row)
    {
        yield return $"{row.GetRawText().TrimEnd()[..^1]},\"{Stray}\":1}}";
        foreach (var member in row.EnumerateObject())
            yield return "{" + string.Join(',', row.EnumerateObject().Select(m => $"{JsonSerializer.Serialize(m.Name)}:{(m.Name == member.Name ? $"{{\"{Stray}\":1}}" : m.Value.GetRawText())}")) + "}";
    }
}
