using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Tests;

public sealed class AnswerPropertyTests
{
    [Fact]
    public void Generated_valid_answers_pass_and_keep_their_bytes_through_reading_and_writing() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var answers = JsonElement.Parse(AnswerGenerator.Valid(new Random(seed)));
            var faults = AnswerChecker.Check(Sample.Ontology, answers, Sample.Input);
            Assert.True(faults.Count == 0, string.Join('\n', faults) + "\n" + answers);

            var written = AnswerSet.Parse(Sample.Ontology, answers).ToJson();
            Assert.Empty(AnswerChecker.Check(Sample.Ontology, JsonElement.Parse(written), Sample.Input));
            Assert.Equal(written, AnswerSet.Parse(Sample.Ontology, JsonElement.Parse(written)).ToJson());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_mutation_of_valid_answers_is_found() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var answers = AnswerGenerator.Mutated(random, out var mutation);
            var faults = AnswerChecker.Check(Sample.Ontology, JsonElement.Parse(answers), Sample.Input);
            Assert.True(faults.Count > 0, $"{mutation}: {answers}");
            Assert.All(faults, fault => Assert.True(fault.Expected.Length > 0 && fault.Found.Length > 0));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_JSON_makes_the_checker_throw() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 15; i++)
            {
                var answers = Fuzz.Json(random);
                _ = AnswerChecker.Check(Sample.Ontology, JsonElement.Parse(answers), Sample.Input);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_JSON_makes_the_reader_of_ontologies_throw() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 15; i++)
            {
                var parsed = OntologyJson.Parse(Encoding.UTF8.GetBytes(Fuzz.Damage(Sample.OntologyText, random)));
                Assert.True(parsed.IsValid != parsed.Faults.Count > 0);
                if (parsed.IsValid) Assert.Equal(parsed.Value, OntologyJson.Parse(OntologyJson.Write(parsed.Value)).ValueOrThrow());
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bytes_make_the_checker_throw() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var bytes = Encoding.UTF8.GetBytes(Sample.AnswersText);
            for (var i = 0; i < 50; i++)
            {
                var damaged = bytes.ToArray();
                for (var hit = random.Next(1, 4); hit > 0; hit--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                JsonDocument document;
                try
                {
                    document = JsonDocument.Parse(damaged);
                }
                catch (JsonException)
                {
                    continue;
                }

                using (document) _ = AnswerChecker.Check(Sample.Ontology, document.RootElement, Sample.Input);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_read_outlives_its_document()
    {
        AnswerSet set;
        using (var document = JsonDocument.Parse(Sample.AnswersText)) set = AnswerSet.Parse(Sample.Ontology, document.RootElement);
        var shapes = Assert.IsType<ShapesAnswer>(set.ByQuestion["objects"]).Shapes;
        Assert.Equal("AB12", shapes[0].Attributes["plate"].GetString());
        Assert.NotEmpty(set.ToJson());
    }

    [Fact]
    public void Canonical_answers_stand_in_the_ontologys_order_with_rounded_pixels()
    {
        var answers = JsonElement.Parse("""
            {"places": [["country"], ["town", "square"]], "weather": "rain", "surface": ["icy", "wet"], "speed": -0.0,
             "objects": [{"attributes": {"clear": 2.0, "doors": ["back", "left"], "occluded": false}, "box": {"height": 50.00049, "width": 10, "y": -0.0001, "x": 1.23456}, "class": "car", "id": "a"}]}
            """);
        Assert.Empty(AnswerChecker.Check(Sample.Ontology, answers, Sample.Input));
        Assert.Equal(
            """{"objects":[{"id":"a","class":"car","box":{"x":1.235,"y":0,"width":10,"height":50},"attributes":{"occluded":false,"doors":["left","back"],"clear":2}}],"weather":"rain","surface":["wet","icy"],"places":[["town","square"],["country"]],"speed":0}""",
            Encoding.UTF8.GetString(AnswerSet.Parse(Sample.Ontology, answers).ToJson()));
    }
}
