using System.Reflection;
using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Tests;

public sealed class RegistryTests
{
    private static IEnumerable<FieldInfo> Registries =>
        from type in typeof(KindRegistry<>).Assembly.GetTypes()
        where !type.ContainsGenericParameters
        from member in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where member.FieldType.IsGenericType && member.FieldType.GetGenericTypeDefinition() == typeof(KindRegistry<>)
        select member;

    [Fact]
    public void Every_registry_has_a_row_for_every_kind_of_question()
    {
        string[] names = [.. Registries.Select(f => $"{f.DeclaringType!.Name}.{f.Name}").Order()];
        Assert.Equal(
            ["AnswerChecks.Rows", "AnswerDistance.Rows", "AnswerJson.Readers", "AnswerJson.Writers", "FormatCapability.Rows", "OntologyComparison.Rows", "OntologyReader.Rows", "OntologyWriter.Rows"],
            names);
        foreach (var field in Registries)
        {
            var kinds = ((System.Collections.IEnumerable)field.GetValue(null)!).Cast<object>().Select(row => (QuestionKind)row.GetType().GetProperty("Key")!.GetValue(row)!);
            Assert.Equal(Enum.GetValues<QuestionKind>(), kinds);
        }
    }

    [Fact]
    public void Every_kind_of_question_has_one_question_type_and_one_answer_type()
    {
        static IEnumerable<Type> Sealed(Type root) => root.Assembly.GetTypes().Where(t => t.IsSealed && t.IsSubclassOf(root));
        Assert.Equal(Enum.GetValues<QuestionKind>(), Sealed(typeof(Question)).Select(KindOf).Order());
        Assert.Equal(Enum.GetValues<QuestionKind>(), Sealed(typeof(Answer)).Select(KindOf).Order());
        Assert.Equal(Enum.GetValues<QuestionKind>(), OntologyForms.Kinds.Values.Select(k => k.Kind).Distinct().Order());

        static QuestionKind KindOf(Type type) =>
            (QuestionKind)type.GetProperty("Kind")!.GetValue(System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type))!;
    }

    [Fact]
    public void Every_kind_of_geometry_has_a_row() =>
        Assert.Equal(Enum.GetValues<GeometryKind>(), GeometryRegistry.Shipped.Forms.Select(form => form.Kind));

    [Fact]
    public void A_format_says_what_it_would_lose()
    {
        var yolo = new FormatCapability("YOLO", [GeometryKind.Box], AnswerParts.Shapes, AnswerParts.None);
        var losses = yolo.LossesOf(Sample.Ontology);
        Assert.Contains(new ExportLoss("/questions/1", "YOLO does not carry the answers to \"weather\" (label)."), losses);
        Assert.Contains(new ExportLoss("/questions/3", "YOLO does not carry the answers to \"places\" (labels, path)."), losses);
        Assert.Contains(new ExportLoss("/questions/0/classes/0", "YOLO does not carry the geometry polygon of the class \"car\"."), losses);
        Assert.Contains(new ExportLoss("/questions/0/classes/0/attributes/0", "YOLO does not carry the answers to \"occluded\" (label)."), losses);

        var all = AnswerParts.Shapes | AnswerParts.Label | AnswerParts.Labels | AnswerParts.Path | AnswerParts.Number | AnswerParts.Text;
        Assert.Empty(new FormatCapability("All", Enum.GetValues<GeometryKind>(), all, all).LossesOf(Sample.Ontology));
    }

    [Fact]
    public void A_registry_without_a_row_says_which() =>
        Assert.Contains("Text", Assert.Throws<InvalidOperationException>(() => new KindRegistry<string> { { QuestionKind.Shapes, "x" } }[QuestionKind.Text]).Message, StringComparison.Ordinal);

    [Fact]
    public void An_attribute_can_be_written_as_a_shape_holds_it()
    {
        var question = Sample.Ontology.Find("places")!;
        var element = AnswerJson.ToElement(question, new ChoiceAnswer(["country", "town/street"]));
        Assert.Equal("""[["town","street"],["country"]]""", element.GetRawText());
        Assert.Equal(JsonValueKind.True, AnswerJson.ToElement(ChoiceQuestion.YesOrNo("b"), new ChoiceAnswer(["true"])).ValueKind);
    }
}
