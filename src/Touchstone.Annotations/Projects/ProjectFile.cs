using System.Buffers;
using System.Text.Json;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Yaml;

namespace Touchstone.Annotations.Projects;

/// <summary>Reads and writes a project as one YAML document (or the same as JSON), as docs/reference/project-yaml.md describes it.</summary>
public static class ProjectFile
{
    private const int MaxNameLength = 200;
    private const int TeachingTasksMax = 1_000;

    /// <summary>Reads a project. Every fault names its line, column and JSON pointer.</summary>
    /// <param name="yaml">Any text.</param>
    public static Parsed<ProjectDefinition> Parse(string yaml)
    {
        var document = YamlDocument.Parse(yaml);
        if (!document.IsValid) return new Parsed<ProjectDefinition>(null, document.Faults);
        var project = Parse(document.Value.Root);
        return project with { Faults = [.. project.Faults.Select(document.Value.Locate)] };
    }

    /// <summary>Reads a project from JSON of the same form.</summary>
    public static Parsed<ProjectDefinition> Parse(JsonElement document)
    {
        var faults = new FaultList();
        if (document.ValueKind == JsonValueKind.Undefined) faults.Add("", "JSON", "nothing");
        else if (JsonText.Flaw(document) is { } flaw) faults.Add("", "well-formed Unicode without U+0000", flaw);
        if (!faults.IsEmpty) return new Parsed<ProjectDefinition>(null, faults.ToList());
        var reader = new ObjectReader(document, "", ProjectForms.Project, faults);
        var name = reader.Text("name", MaxNameLength, required: true) ?? "";
        var (packs, questions, ontology) = ReadOntology(reader, faults);
        var project = new ProjectDefinition
        {
            Name = name,
            Description = reader.Text("description", OntologyLimits.MaxHelpLength),
            Instructions = reader.Text("instructions", OntologyLimits.MaxHelpLength),
            Input = reader.OneOf("input", ProjectForms.Inputs, Selectors.InputKind.Image),
            Packs = packs,
            Questions = questions,
            Ontology = ontology,
            Overlap = ReadOverlap(reader),
            Gold = ReadGold(reader),
            Training = new TrainingPolicy(Member(reader, "training", ProjectForms.Training)?.Whole("tasks", 0, TeachingTasksMax) ?? 0),
            Evaluation = new EvaluationPolicy(Member(reader, "evaluation", ProjectForms.Evaluation)?.Whole("tasks", 0, TeachingTasksMax) ?? 0),
            LeaseMinutes = reader.Whole("lease_minutes", 1, 1_440) ?? 30,
            Review = new ReviewPolicy(Member(reader, "review", ProjectForms.Review)?.OneOf("when", ProjectForms.ReviewWhens, ReviewWhen.BelowConfidence) ?? ReviewWhen.BelowConfidence),
            Audit = ReadAudit(reader),
            Compartment = reader.Text("compartment", MaxNameLength),
        };
        return faults.Result(() => project);
    }

    private static ObjectReader? Member(ObjectReader owner, string key, ObjectForm form) =>
        owner.Has(key, out var value) ? owner.Open(value, owner.At(key), form) : null;

    private static GoldPolicy ReadGold(ObjectReader owner)
    {
        var standard = new GoldPolicy();
        return Member(owner, "gold", ProjectForms.Gold) is { } reader
            ? new(reader.Number("rate", 0, 0.5) ?? standard.Rate, reader.Whole("rotate_after", 0, 1_000_000) ?? standard.RotateAfter)
            : standard;
    }

    private static AuditPolicy ReadAudit(ObjectReader owner)
    {
        var standard = new AuditPolicy();
        return Member(owner, "audit", ProjectForms.Audit) is { } reader
            ? new(reader.Number("share", 0, 1) ?? standard.Share, reader.Number("twice", 0, 1) ?? standard.Twice)
            : standard;
    }

    private static OverlapPolicy ReadOverlap(ObjectReader owner)
    {
        var standard = new OverlapPolicy();
        if (Member(owner, "overlap", ProjectForms.Overlap) is not { } reader) return standard;
        var min = reader.Whole("min", 1, 100);
        var max = reader.Whole("max", 1, 100);
        if (max < min) reader.Fault("max", $"at least min, {min}", $"{max}");

        // One bound given alone moves the other's default, never past it.
        var policy = new OverlapPolicy(min ?? Math.Min(standard.Min, max ?? standard.Min), max ?? Math.Max(standard.Max, min ?? standard.Max));
        return policy with { Confidence = reader.Number("confidence", 0, 1) ?? standard.Confidence };
    }

    private static (IReadOnlyList<string> Packs, IReadOnlyList<Question> Questions, Ontology Ontology) ReadOntology(ObjectReader owner, FaultList faults)
    {
        if (Member(owner, "ontology", ProjectForms.Ontology) is not { } reader)
        {
            if (owner.IsObject) owner.Fault("ontology", "an ontology: packs, questions or both", "nothing");
            return ([], [], new Ontology([]));
        }

        var packs = ReadPacks(reader, faults);
        var ofPacks = packs.SelectMany(pack => OntologyPacks.Load(pack).Questions).ToList();
        var questions = new OntologyReader(faults, GeometryRegistry.Shipped, ofPacks).ReadQuestions(reader);
        if (faults.IsEmpty && packs.Count + questions.Count == 0) faults.Add(reader.Pointer, "packs, questions or both", "neither");
        if (!faults.IsEmpty) return (packs, questions, new Ontology([]));

        var merged = OntologyMerge.Merge(packs, questions, reader.Pointer);
        foreach (var fault in merged.Faults) faults.Add(fault.Pointer, fault.Expected, fault.Found);
        return (packs, questions, merged.Value ?? new Ontology([]));
    }

    private static List<string> ReadPacks(ObjectReader reader, FaultList faults)
    {
        var packs = new List<string>();
        foreach (var (value, pointer) in reader.List("packs", OntologyPacks.Names.Count))
        {
            var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            if (!OntologyPacks.Names.Contains(name, StringComparer.Ordinal))
                faults.Add(pointer, ObjectReader.Suggest($"one of the packs {string.Join(", ", OntologyPacks.Names)}", name, OntologyPacks.Names), value);
            else if (packs.Contains(name, StringComparer.Ordinal)) faults.Add(pointer, "each pack once", value);
            else packs.Add(name);
        }

        return packs;
    }

    /// <summary>Writes a project; reading it again gives the same definition, and writing that the same text.</summary>
    /// <remarks>What an ontology has from its packs is not written out: the packs are named.</remarks>
    public static string Write(ProjectDefinition project)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteJson(project, writer);
        return YamlWriter.Write(JsonElement.Parse(buffer.WrittenSpan));
    }

    /// <summary>Writes a project as JSON of the same form, every setting stated.</summary>
    public static void WriteJson(ProjectDefinition project, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", project.Name);
        if (project.Description is not null) writer.WriteString("description", project.Description);
        if (project.Instructions is not null) writer.WriteString("instructions", project.Instructions);
        writer.WriteString("input", ProjectForms.Inputs.First(input => input.Value == project.Input).Key);
        WriteOntology(project, writer);
        writer.WriteStartObject("overlap");
        writer.WriteNumber("min", project.Overlap.Min);
        writer.WriteNumber("max", project.Overlap.Max);
        writer.WriteNumber("confidence", project.Overlap.Confidence);
        writer.WriteEndObject();
        writer.WriteStartObject("gold");
        writer.WriteNumber("rate", project.Gold.Rate);
        writer.WriteNumber("rotate_after", project.Gold.RotateAfter);
        writer.WriteEndObject();
        writer.WriteStartObject("training");
        writer.WriteNumber("tasks", project.Training.Tasks);
        writer.WriteEndObject();
        writer.WriteStartObject("evaluation");
        writer.WriteNumber("tasks", project.Evaluation.Tasks);
        writer.WriteEndObject();
        writer.WriteNumber("lease_minutes", project.LeaseMinutes);
        writer.WriteStartObject("review");
        writer.WriteString("when", ProjectForms.ReviewWhens.First(when => when.Value == project.Review.When).Key);
        writer.WriteEndObject();
        writer.WriteStartObject("audit");
        writer.WriteNumber("share", project.Audit.Share);
        writer.WriteNumber("twice", project.Audit.Twice);
        writer.WriteEndObject();
        if (project.Compartment is not null) writer.WriteString("compartment", project.Compartment);
        writer.WriteEndObject();
    }

    private static void WriteOntology(ProjectDefinition project, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("ontology");
        if (project.Packs.Count > 0)
        {
            writer.WriteStartArray("packs");
            foreach (var pack in project.Packs) writer.WriteStringValue(pack);
            writer.WriteEndArray();
        }

        if (project.Questions.Count > 0)
        {
            writer.WritePropertyName("questions");
            OntologyWriter.WriteQuestions(writer, project.Questions);
        }

        writer.WriteEndObject();
    }
}
