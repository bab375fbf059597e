using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;

// Why would Gopher's rules drop a text that says the same again and again?
var text = new WorkingText();
var document = new Document { Id = "1", Text = string.Join('\n', Enumerable.Repeat("The quick brown fox jumps over the lazy dog.", 20)) };
text.Begin(document.Text);
var filter = new GopherRepetition();
var verdict = filter.Judge(document, text);
List<RuleValue> values = [];
filter.Explain(document, text, values);
Console.WriteLine($"{filter.Id}: {verdict.Reason}; {values.Count(v => v.Falls)} of {values.Count} rules fall");
return verdict.Reason == "dup_line_frac" ? 0 : 1;
