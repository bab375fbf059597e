using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Projects;

namespace Touchstone.Annotations.Tests;

public sealed class ProjectFileTests
{
    private const string Full = """
        name: Night streets
        description: Traffic lights and what rules them.
        instructions: |
          # Draw every light

          - Boxes touch the lamp, *not* the pole.
          - "Off" is an answer.
        input: image
        ontology:
          packs: [driving/traffic-lights]
          questions:
            - id: weather
              kind: choice
              required: true
              options: [clear, rain, "no", {id: snow, title: Snow or sleet, hotkey: 5}]
            - id: wet
              kind: boolean
              when: {question: weather, in: [rain, snow]}
        overlap: {min: 3, max: 5, confidence: 0.9}
        gold: {rate: 0.1, rotate_after: 40}
        training: {tasks: 5}
        evaluation: {tasks: 8}
        lease_minutes: 45
        review: {when: always}
        audit: {share: 0.2, twice: 0.3}
        compartment: east
        """;

    [Fact]
    public void A_project_is_read_whole()
    {
        var project = ProjectFile.Parse(Full).ValueOrThrow();
        Assert.Equal("Night streets", project.Name);
        Assert.StartsWith("# Draw every light\n\n- Boxes", project.Instructions, StringComparison.Ordinal);
        Assert.Equal(["driving/traffic-lights"], project.Packs);
        Assert.Equal(["weather", "wet"], project.Questions.Select(q => q.Id));
        Assert.Equal(["objects", "weather", "wet"], project.Ontology.Questions.Select(q => q.Id));
        Assert.Equal(["clear", "rain", "no", "snow"], ((ChoiceQuestion)project.Questions[0]).Options.Select(o => o.Id));
        Assert.Equal(new OverlapPolicy(3, 5, 0.9), project.Overlap);
        Assert.Equal((40, 5, 8, 0.3), (project.Gold.RotateAfter, project.Training.Tasks, project.Evaluation.Tasks, project.Audit.Twice));
        Assert.Equal((0.1, 45, ReviewWhen.Always, 0.2, "east"), (project.Gold.Rate, project.LeaseMinutes, project.Review.When, project.Audit.Share, project.Compartment));
    }

    [Fact]
    public void What_is_left_out_has_the_documented_default()
    {
        var project = ProjectFile.Parse("name: Small\nontology: {packs: [driving/vehicles]}\n").ValueOrThrow();
        Assert.Equal(new OverlapPolicy(2, 4, 0.8), project.Overlap);
        Assert.Equal((0.05, 30, ReviewWhen.BelowConfidence, 0.05), (project.Gold.Rate, project.LeaseMinutes, project.Review.When, project.Audit.Share));
        Assert.Null(project.Compartment);
    }

    [Theory]
    [InlineData("{min: 6}", 6, 6)]
    [InlineData("{max: 1}", 1, 1)]
    [InlineData("{max: 9}", 2, 9)]
    public void One_bound_of_the_overlap_moves_the_default_of_the_other(string overlap, int min, int max)
    {
        var policy = ProjectFile.Parse($"name: Small\nontology: {{packs: [driving/vehicles]}}\noverlap: {overlap}\n").ValueOrThrow().Overlap;
        Assert.Equal((min, max), (policy.Min, policy.Max));
    }

    [Fact]
    public void Writing_and_reading_again_gives_the_same_project_and_the_same_text()
    {
        foreach (var yaml in new[] { Full, "name: Small\nontology: {packs: [driving/vehicles, driving/signs]}\n", WithSample })
        {
            var project = ProjectFile.Parse(yaml).ValueOrThrow();
            var text = ProjectFile.Write(project);
            var again = ProjectFile.Parse(text).ValueOrThrow();
            Assert.Equal(text, ProjectFile.Write(again));
            Assert.Equal(project.Ontology.Digest, again.Ontology.Digest);
            Assert.Equal((project.Name, project.Description, project.Instructions, project.Overlap), (again.Name, again.Description, again.Instructions, again.Overlap));
            Assert.DoesNotContain('\r', text);
        }
    }

    /// <summary>JSON is YAML: the sample ontology, with everything in it, as a project.</summary>
    private static string WithSample => $"{{\"name\": \"Sample\", \"ontology\": {Sample.OntologyText}}}";

    [Fact]
    public void The_written_file_reads_like_one_that_a_person_wrote() =>
        Assert.StartsWith("""
            name: Night streets
            description: Traffic lights and what rules them.
            instructions: |
              # Draw every light

              - Boxes touch the lamp, *not* the pole.
              - "Off" is an answer.
            input: image
            ontology:
              packs: [driving/traffic-lights]
              questions:
              - kind: choice
                id: weather
                required: true
                options:
                - id: clear
                - id: rain
                - id: "no"
                - id: snow
                  title: Snow or sleet
                  hotkey: "5"
              - kind: boolean
                id: wet
                when:
                  question: weather
                  in: [rain, snow]
            overlap:
              min: 3
            """.ReplaceLineEndings("\n"), ProjectFile.Write(ProjectFile.Parse(Full).ValueOrThrow()), StringComparison.Ordinal);

    [Fact]
    public void Any_text_survives_in_name_description_and_instructions() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            string[] pieces = ["a", "B", " ", "  ", "\n", "\n\n", "#", ": ", "- ", "'", "\"", "|", "no", "null", "1", "é", "🚗", "\t", "&x", "*x", "!t", "%", "@", "\\", "...", "---", "{", "]", "\u0085", "\u2028", "\u00a0"];
            string Draw() => string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var project = ProjectFile.Parse(WithSample).ValueOrThrow() with { Name = "x" + Draw(), Description = Draw(), Instructions = Draw() };
            var again = ProjectFile.Parse(ProjectFile.Write(project)).ValueOrThrow();
            Assert.Equal((project.Name, project.Description, project.Instructions), (again.Name, again.Description, again.Instructions));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("name: A\ndesciption: x\nontology: {packs: [driving/vehicles]}\n", 2, 1, "/desciption", "(did you mean \"description\"?)", "an unknown key")]
    [InlineData("name: A\nontology: {packs: [driving/vehicle]}\n", 2, 20, "/ontology/packs/0", "(did you mean \"driving/vehicles\"?)", "\"driving/vehicle\"")]
    [InlineData("name: A\nontology: {packs: [driving/vehicles, driving/vehicles]}\n", 2, 38, "/ontology/packs/1", "each pack once", "\"driving/vehicles\"")]
    [InlineData("name: A\nontology:\n  questions:\n    - id: q\n      kind: chioce\n", 5, 7, "/ontology/questions/0/kind", "(did you mean \"choice\"?)", "\"chioce\"")]
    [InlineData("name: A\nontology:\n  questions:\n    - id: q\n      kind: choice\n      options: [a, 7]\n", 6, 20, "/ontology/questions/0/options/1", "an option: an id (put it in quotes), or an object", "7")]
    [InlineData("ontology: {packs: [driving/vehicles]}\n", 1, 1, "/name", "a text", "nothing")]
    [InlineData("name: A\n", 1, 1, "/ontology", "an ontology: packs, questions or both", "nothing")]
    [InlineData("name: A\nontology: {}\n", 2, 1, "/ontology", "packs, questions or both", "neither")]
    [InlineData("name: A\nontology: {packs: [driving/vehicles]}\noverlap: {min: 3, max: 2}\n", 3, 19, "/overlap/max", "at least min, 3", "2")]
    [InlineData("name: A\nontology: {packs: [driving/vehicles]}\ngold: {rate: 0.9}\n", 3, 8, "/gold/rate", "a number from 0 to 0.5", "0.9")]
    [InlineData("name: A\nontology: {packs: [driving/vehicles]}\nlease_minutes: soon\n", 3, 1, "/lease_minutes", "a whole number from 1 to 1440", "\"soon\"")]
    [InlineData("name: A\nontology: {packs: [driving/vehicles]}\nreview: {when: sometimes}\n", 3, 10, "/review/when", "one of never, below_confidence, always", "\"sometimes\"")]
    [InlineData("name: A\nontology: {packs: [driving/vehicles]}\ninput: clip\n", 3, 1, "/input", "one of image", "\"clip\"")]
    [InlineData("name: A\nontology: {packs: [driving/vehicles]}\ninput:\n  - image\n", 3, 1, "/input", "one of image", "a list of 1")]
    [InlineData("- name\n", 1, 1, "", "a project: an object with name", "a list of 1")]
    [InlineData("name: A\nontology:\n  packs: [driving/vehicles]\n  questions:\n    - {id: objects, kind: text}\n", 5, 7, "/ontology/questions/0", "questions with ids that are not taken", "a second question \"objects\"")]
    [InlineData("name: A\nname: B\n", 2, 1, "/name", "each key once", "it a second time")]
    [InlineData("name: &a A\ndescription: *a\n", 2, 14, "/description", "a value", "the alias *a")]
    [InlineData("name: !x A\n", 1, 7, "/name", "a value without a tag", "!x")]
    [InlineData("name: A\n---\nname: B\n", 2, 1, "", "one document", "another one")]
    [InlineData("name: .inf\n", 1, 7, "/name", "a finite decimal number, or a text in quotes", ".inf")]
    [InlineData("name: 1e999\n", 1, 7, "/name", "a finite number", "1e999")]
    [InlineData("? [a]\n: b\n", 1, 3, "", "a text as a key", "something else")]
    public void A_fault_names_line_column_pointer_and_what_was_expected(string yaml, int line, int column, string pointer, string expected, string found)
    {
        var fault = Assert.Single(ProjectFile.Parse(yaml).Faults);
        Assert.Equal((line, column, pointer, found), (fault.Line, fault.Column, fault.Pointer, fault.Found));
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
        Assert.StartsWith($"{line}:{column} ", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("name: [a\nb: c")]
    [InlineData("\tname: A")]
    [InlineData("name: \"a")]
    [InlineData("name: \"\\ud800\"")]
    [InlineData("a: b: c")]
    [InlineData("%YAML 9.9\n---\nname: A")]
    [InlineData("\u0001")]
    public void What_is_no_YAML_is_a_fault_with_a_line_and_no_exception(string yaml)
    {
        var parsed = ProjectFile.Parse(yaml);
        Assert.False(parsed.IsValid);
        Assert.All(parsed.Faults, fault => Assert.True(fault is { Line: > 0, Column: > 0 }));
    }

    [Fact]
    public void Damaged_YAML_never_throws() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            const string Marks = "{}[]:,-#&*!|>'\"%@`\n\t \\?~\u0000\ud83d\u0085a1";
            for (var i = 0; i < 15; i++)
            {
                var text = Full.ToCharArray();
                for (var hit = random.Next(1, 6); hit > 0; hit--) text[random.Next(text.Length)] = Marks[random.Next(Marks.Length)];
                var parsed = ProjectFile.Parse(new string(text, 0, random.Next(text.Length)));
                Assert.True(parsed.IsValid != parsed.Faults.Count > 0);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal("at most 40 levels", Assert.Single(ProjectFile.Parse("name: " + new string('[', 60) + new string(']', 60)).Faults).Expected);

    [Fact]
    public void A_project_is_read_from_JSON_too()
    {
        var project = ProjectFile.Parse(JsonElement.Parse(WithSample)).ValueOrThrow();
        Assert.Equal(Sample.Ontology, project.Ontology);
        Assert.Equal("JSON", Assert.Single(ProjectFile.Parse(default(JsonElement)).Faults).Expected);
    }

    [Fact]
    public void Words_that_other_YAML_takes_for_truth_are_text()
    {
        var project = ProjectFile.Parse("name: no\nontology: {questions: [{id: q, kind: choice, options: [off, on, yes, y]}]}\n").ValueOrThrow();
        Assert.Equal("no", project.Name);
        Assert.Equal(["off", "on", "yes", "y"], ((ChoiceQuestion)project.Questions[0]).Options.Select(o => o.Id));
        Assert.Contains("name: \"no\"", ProjectFile.Write(project), StringComparison.Ordinal);
    }
}
