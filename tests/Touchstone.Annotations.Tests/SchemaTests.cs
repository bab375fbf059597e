using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Projects;
using Touchstone.Annotations.Yaml;
using Touchstone.Testing;

namespace Touchstone.Annotations.Tests;

/// <summary>The published schema and the documentation say what the parser does.</summary>
public sealed partial class SchemaTests
{
    private static readonly string Reference = Path.Combine(Repository.Root, "docs", "reference");
    private static readonly MiniSchema Schema = new(JsonElement.Parse(File.ReadAllText(Path.Combine(Reference, "project.schema.json"))));

    [Fact]
    public void Schema_and_parser_have_the_same_objects_with_the_same_keys_in_the_same_order()
    {
        ObjectForm[] forms = [.. ProjectForms.All, .. OntologyForms.All, OntologyForms.Ontology];
        foreach (var form in forms) Assert.Equal(form.Keys, Keys(form.Name));

        var objects = JsonElement.Parse(File.ReadAllText(Path.Combine(Reference, "project.schema.json"))).GetProperty("$defs").EnumerateObject()
            .Where(d => d.Value.TryGetProperty("properties", out _));
        Assert.Equal(forms.Select(f => f.Name).Order(), objects.Select(d => d.Name).Order());
        Assert.All(objects, d => Assert.Equal(JsonValueKind.False, d.Value.GetProperty("additionalProperties").ValueKind));
    }

    private static IEnumerable<string> Keys(string definition) => Schema.Definition(definition).GetProperty("properties").EnumerateObject().Select(p => p.Name);

    [Fact]
    public void Schema_and_parser_have_the_same_names_to_choose_among()
    {
        Assert.Equal(ProjectForms.Inputs.Keys, Enum("project", "input"));
        Assert.Equal(ProjectForms.ReviewWhens.Keys, Enum("review", "when"));
        Assert.Equal(OntologyPacks.Names, Texts(Schema.Definition("ontology").GetProperty("properties").GetProperty("packs").GetProperty("items").GetProperty("enum")));
        Assert.Equal(GeometryRegistry.Shipped.Forms.Select(f => f.Name), Texts(Schema.Definition("class").GetProperty("properties").GetProperty("geometries").GetProperty("items").GetProperty("enum")));
        Assert.Equal(OntologyForms.Kinds.Keys.Select(k => $"#/$defs/{k}_question"), Schema.Definition("question").GetProperty("oneOf").EnumerateArray().Select(r => r.GetProperty("$ref").GetString()));
        Assert.All(OntologyForms.Kinds, k => Assert.Equal(k.Key, Schema.Definition(k.Value.Form.Name).GetProperty("properties").GetProperty("kind").GetProperty("const").GetString()));
        Assert.Equal(Identifier.Pattern, Schema.Definition("id").GetProperty("pattern").GetString());

        static IEnumerable<string?> Enum(string definition, string key) => Texts(Schema.Definition(definition).GetProperty("properties").GetProperty(key).GetProperty("enum"));
        static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null).Select(e => e.GetString());
    }

    [Fact]
    public void The_defaults_in_the_schema_are_the_parsers()
    {
        static JsonElement Default(string definition, string key) => Schema.Definition(definition).GetProperty("properties").GetProperty(key).GetProperty("default");
        Assert.Equal(new OverlapPolicy().Min, Default("overlap", "min").GetInt32());
        Assert.Equal(new OverlapPolicy().Max, Default("overlap", "max").GetInt32());
        Assert.Equal(new OverlapPolicy().Confidence, Default("overlap", "confidence").GetDouble());
        Assert.Equal(new GoldPolicy().Rate, Default("gold", "rate").GetDouble());
        Assert.Equal(new GoldPolicy().RotateAfter, Default("gold", "rotate_after").GetInt32());
        Assert.Equal(new TrainingPolicy().Tasks, Default("training", "tasks").GetInt32());
        Assert.Equal(new EvaluationPolicy().Tasks, Default("evaluation", "tasks").GetInt32());
        Assert.Equal(new AuditPolicy().Twice, Default("audit", "twice").GetDouble());
        Assert.Equal(new AuditPolicy().Share, Default("audit", "share").GetDouble());
        Assert.Equal(30, Default("project", "lease_minutes").GetInt32());
        Assert.Equal("below_confidence", Default("review", "when").GetString());
    }

    [Fact]
    public void Everything_that_is_shipped_or_written_fits_the_schema()
    {
        Assert.Null(Schema.Validate(JsonElement.Parse(Sample.OntologyText), "ontology_document"));
        foreach (var name in OntologyPacks.Names)
            Assert.Null(Schema.Validate(JsonElement.Parse(OntologyJson.Write(OntologyPacks.Load(name))), "ontology_document"));
        foreach (var yaml in Samples())
        {
            Assert.Null(Schema.Validate(YamlDocument.Parse(yaml).ValueOrThrow().Root));
            Assert.Null(Schema.Validate(YamlDocument.Parse(ProjectFile.Write(ProjectFile.Parse(yaml).ValueOrThrow())).ValueOrThrow().Root));
        }
    }

    [Theory]
    [InlineData("""{"name": "A"}""")]
    [InlineData("""{"name": "A", "ontology": {"packs": ["driving/boats"]}}""")]
    [InlineData("""{"name": "A", "ontology": {}, "colour": 1}""")]
    [InlineData("""{"name": "A", "ontology": {"questions": [{"kind": "shapes", "id": "a", "classes": [{"id": "c", "geometries": ["circle"]}]}]}}""")]
    [InlineData("""{"name": "A", "ontology": {"questions": [{"kind": "text", "id": "a"}, {"kind": "text", "id": "b", "when": {"question": "a", "equals": "x", "answered": true}}]}}""")]
    [InlineData("""{"name": "A", "ontology": {}}""")]
    [InlineData("""{"name": "A", "ontology": {"packs": [], "questions": null}}""")]
    [InlineData("""{"name": null, "ontology": {"packs": ["driving/signs"]}}""")]
    [InlineData("""{"name": "A", "ontology": {"questions": [{"kind": "shapes", "id": "a", "classes": [{"id": "c", "geometries": ["keypoints"]}]}]}}""")]
    [InlineData("""{"name": "A", "ontology": {"questions": [{"kind": "shapes", "id": "a", "classes": [{"id": "c", "geometries": ["box"], "keypoints": {"names": ["a"]}}]}]}}""")]
    public void What_the_parser_refuses_for_its_form_the_schema_refuses_too(string json)
    {
        Assert.NotNull(Schema.Validate(JsonElement.Parse(json)));
        Assert.False(ProjectFile.Parse(JsonElement.Parse(json)).IsValid);
    }

    [Theory]
    [InlineData("""{"name": "A", "ontology": {"packs": ["driving/signs"], "questions": null}, "gold": null, "input": null, "overlap": null, "review": {"when": null}, "audit": {"share": null}, "lease_minutes": null}""")]
    [InlineData("""{"name": "A", "ontology": {"questions": [{"kind": "shapes", "id": "a", "title": null, "max_count": null, "classes": [{"id": "c", "geometries": ["keypoints"], "colour": null, "attributes": null, "keypoints": {"names": ["a", "b"], "skeleton": null}}]}]}}""")]
    public void What_is_left_empty_counts_as_absent_for_both(string json)
    {
        Assert.Empty(ProjectFile.Parse(JsonElement.Parse(json)).Faults);
        Assert.Null(Schema.Validate(JsonElement.Parse(json)));
    }

    [Fact]
    public void What_the_parser_accepts_the_schema_accepts() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 15; i++)
            {
                // An empty value counts as absent, which the schema says of all but conditions.
                var text = Fuzz.Damage(Sample.OntologyText, random);
                var json = JsonElement.Parse(text);
                if (text.Contains("null", StringComparison.Ordinal) || !OntologyJson.Parse(json).IsValid) continue;
                Assert.True(Schema.Validate(json, "ontology_document") is null, $"{Schema.Validate(json, "ontology_document")} in {text}");
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_reference_names_every_key_and_its_samples_are_projects()
    {
        var page = File.ReadAllText(Path.Combine(Reference, "project-yaml.md"));
        foreach (var key in ProjectForms.All.Concat(OntologyForms.All).SelectMany(f => f.Keys).Concat(ProjectForms.ReviewWhens.Keys).Concat(OntologyForms.Kinds.Keys).Distinct())
            Assert.True(page.Contains($"`{key}`", StringComparison.Ordinal), $"project-yaml.md does not name `{key}`.");
        Assert.All(Samples(), yaml => Assert.Empty(ProjectFile.Parse(yaml).Faults));
    }

    [Fact]
    public void The_reference_names_every_pack_class_and_attribute()
    {
        var page = File.ReadAllText(Path.Combine(Reference, "ontology-packs.md"));
        foreach (var name in OntologyPacks.Names)
        {
            Assert.Contains($"## {name}", page, StringComparison.Ordinal);
            foreach (var shapeClass in ((ShapesQuestion)OntologyPacks.Load(name).Questions[0]).Classes)
                foreach (var id in shapeClass.Attributes.Select(a => a.Id).Prepend(shapeClass.Id))
                    Assert.True(page.Contains($"`{id}`", StringComparison.Ordinal), $"ontology-packs.md does not name `{id}` of {name}.");
        }
    }

    private static IEnumerable<string> Samples() =>
        from page in new[] { "project-yaml.md", "ontology-packs.md" }
        from Match block in Fences().Matches(File.ReadAllText(Path.Combine(Reference, page)))
        select block.Groups[1].Value;

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();
}
