using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Ontologies;

/// <summary>What somebody said with another tool, as valid answers under an ontology; what it has no place for is counted as lost.</summary>
/// <remarks>The last word has <see cref="AnswerChecker"/>: whatever it refuses (a limit of a class, an attribute that must be answered) is left out with the checker's own words.</remarks>
public sealed class AnswerBuilder(OntologyTarget target)
{
    private readonly Narrowing _narrowing = new(target.Traits);
    private readonly LossCounter _losses = new();
    private int _kept, _refused;

    /// <summary>What was lost so far.</summary>
    public LossReport Losses => new([.. _narrowing.Report.Losses.Concat(_losses.ToReport().Losses).OrderBy(l => l.Kind, StringComparer.Ordinal)]);

    /// <summary>Whether the last answers that were built have nothing of what was said: they would tell of an input on which nothing is.</summary>
    public bool KeptNothing => _kept == 0;

    /// <summary>The sample with only what the ontology can carry; null where it is no input of its kind.</summary>
    public Sample? Narrow(Sample sample) => _narrowing.Narrow(sample);

    /// <summary>The answers of one opinion.</summary>
    /// <param name="opinion">An opinion of a sample that <see cref="Narrow"/> gave.</param>
    /// <param name="input">What was looked at: the picture's size as a person sees it.</param>
    /// <param name="fault">Why there can be none, such as an answer that the ontology requires and the opinion does not have.</param>
    /// <returns>Canonical JSON in UTF-8; null with a fault.</returns>
    public byte[]? Build(Opinion opinion, InputExtent input, out Fault? fault) => Build(opinion, input, out _, out fault);

    /// <param name="opinion">As above.</param>
    /// <param name="input">As above.</param>
    /// <param name="isWhole">Whether every object of a class and every answer to a question that the ontology has is in the answers: what is not whole is no known truth.</param>
    /// <param name="fault">As above.</param>
    /// <returns>As above.</returns>
    public byte[]? Build(Opinion opinion, InputExtent input, out bool isWhole, out Fault? fault)
    {
        var answers = Begin(opinion, input, out var wanted);
        var json = Checked(answers, input, isUnfinished: false, out fault);
        isWhole = wanted == _kept && _refused == 0;
        return json;
    }

    /// <summary>What was begun and somebody goes on with: as above, and what is still to be answered does not matter.</summary>
    /// <param name="opinion">As above.</param>
    /// <param name="input">As above.</param>
    /// <returns>Canonical JSON in UTF-8, whose answers are valid as far as they go.</returns>
    public byte[] BuildUnfinished(Opinion opinion, InputExtent input) => Checked(Begin(opinion, input, out _), input, isUnfinished: true, out _)!;

    private JsonObject Begin(Opinion opinion, InputExtent input, out int wanted)
    {
        wanted = opinion.Objects.Count(o => target.FindClass(o.Class) is not null) + opinion.Answers.Keys.Count(a => target.FindQuestion(a) is not null);
        var answers = Answers(opinion);
        (_kept, _refused) = (answers.Count, 0);
        foreach (var question in target.Ontology.Questions.OfType<ShapesQuestion>()) answers[question.Id] = new JsonArray();
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var each in opinion.Objects) Add(each, answers, ids, input);
        return answers;
    }

    private JsonObject Answers(Opinion opinion)
    {
        JsonObject answers = [];
        foreach (var (name, value) in opinion.Answers)
        {
            if (target.FindQuestion(name) is not { } question) _losses.Add($"answer:{name}", $"{target.Traits.Name} has no question \"{name}\".");
            else if (AnswerValues.Of(question, value) is { } answer) answers[question.Id] = answer;
            else _losses.Add($"answer:{name}", $"{target.Traits.Name} does not have the answer that was given to \"{name}\" among those that it takes.");
        }

        return answers;
    }

    private void Add(LabelledObject each, JsonObject answers, HashSet<string> ids, InputExtent input)
    {
        if (target.FindClass(each.Class) is not var (question, shapeClass))
        {
            _losses.Add($"class:{each.Class}", $"{target.Traits.Name} has no class \"{each.Class}\"; its objects are left out.");
            return;
        }

        var parts = PartsOf(each.Mark, shapeClass);
        if (parts.Length > 1) _losses.Add("parts", "Objects of several parts become a shape for each part.");
        var isKept = false;
        foreach (var part in parts) isKept |= Add(each with { Mark = part }, question, shapeClass, answers, ids, input);
        if (isKept) _kept++;
    }

    /// <summary>What fills pixels as polygons that answers take, where the class is drawn so: rings that cross or touch themselves fall apart into simple ones.</summary>
    private static Mark[] PartsOf(Mark mark, ShapeClass shapeClass)
    {
        if (mark is not (PixelMask or Rings or Ellipse) || !shapeClass.Geometries.Contains(GeometryKind.Polygon)) return [mark];
        Mark[] parts = [.. MarkShapes.RingsOf(mark).SelectMany(SimpleRings.Of).Select(ring => new Outline(new Polygon(ring)))];
        return parts is [] ? [mark] : parts;
    }

    private bool Add(LabelledObject each, ShapesQuestion question, ShapeClass shapeClass, JsonObject answers, HashSet<string> ids, InputExtent input)
    {
        if (GeometryOf(each, shapeClass, input) is not { } geometry) return false;
        var id = each.Id is { Length: > 0 and <= 64 } own && Identifier.IsValid(own) && ids.Add(own) ? own : NewId(ids);
        JsonObject shape = new() { ["id"] = id, ["class"] = shapeClass.Id };
        var form = GeometryRegistry.Shipped.Of(geometry.Kind);
        shape[form.Name] = Written(form, geometry);
        JsonObject attributes = [];
        foreach (var (name, value) in each.Attributes)
        {
            if (OntologyTarget.FindAttribute(shapeClass, name) is not { } attribute)
            {
                if (value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)) _losses.Add($"attribute:{name}", $"The class \"{shapeClass.Id}\" has no attribute \"{name}\".");
            }
            else if (AnswerValues.Of(attribute, value) is { } answer) attributes[attribute.Id] = answer;
            else if (value.ValueKind != JsonValueKind.Null) _losses.Add($"attribute:{name}", $"The attribute \"{attribute.Id}\" does not take every value that was given.");
        }

        if (attributes.Count > 0) shape["attributes"] = attributes;
        ((JsonArray)answers[question.Id]!).Add((JsonNode)shape);
        return true;
    }

    private ShapeGeometry? GeometryOf(LabelledObject each, ShapeClass shapeClass, InputExtent input)
    {
        var allowed = shapeClass.Geometries.Select(OntologyTarget.KindOf).ToHashSet();
        var mark = each.Mark;
        if (!allowed.Contains(mark.Kind))
        {
            var sample = new Sample { Name = "", WidthPx = input.WidthPx, HeightPx = input.HeightPx };
            var instead = MarkFallbacks.Of(mark.Kind).Where(allowed.Contains).Select(k => MarkFallbacks.Make(mark, k, sample)).FirstOrDefault(m => m is not null);
            var (from, to) = (JsonNamingPolicy.SnakeCaseLower.ConvertName(mark.Kind.ToString()), instead is null ? "" : JsonNamingPolicy.SnakeCaseLower.ConvertName(instead.Kind.ToString()));
            _losses.Add($"geometry:{from}", instead is null ? $"The class \"{shapeClass.Id}\" is not drawn as {from} nor as anything that could stand for it; such objects are left out." : $"The class \"{shapeClass.Id}\" is not drawn as {from}: it becomes {to}.");
            if (instead is null) return null;
            mark = instead;
        }

        if (mark is not Outline outline) return null;
        var geometry = outline.Geometry;
        if (shapeClass.Limits.MayLeaveImage || !Clipping.IsNeeded(geometry, input)) return geometry;
        if (Clipping.Clip(geometry, input) is { } clipped)
        {
            _losses.Add("clipped", "Shapes that reached beyond the picture end at its edge.");
            return clipped;
        }

        _losses.Add("outside", "Shapes outside of the picture, and those that reach beyond it and cannot be cut there, are left out.");
        return null;
    }

    private static JsonNode Written(GeometryForm form, ShapeGeometry geometry)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer)) form.Write(json, geometry);
        return JsonNode.Parse(buffer.WrittenSpan)!;
    }

    private static string NewId(HashSet<string> ids)
    {
        for (var n = ids.Count + 1; ; n++)
            if (ids.Add($"s{n}")) return $"s{n}";
    }

    /// <summary>Takes out what the checker refuses until it has nothing to say.</summary>
    private byte[]? Checked(JsonObject answers, InputExtent input, bool isUnfinished, out Fault? fault)
    {
        while (true)
        {
            using var document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(answers));
            var faults = AnswerChecker.Check(target.Ontology, document.RootElement, input);
            if (faults.Count == 0)
            {
                fault = null;
                return AnswerSet.Parse(target.Ontology, document.RootElement).ToJson();
            }

            fault = faults[0];
            if (TakeOut(answers, faults, isUnfinished)) continue;
            return isUnfinished ? AnswerSet.Parse(target.Ontology, document.RootElement).ToJson() : null;
        }
    }

    /// <returns>Whether anything could be taken out.</returns>
    private bool TakeOut(JsonObject answers, IReadOnlyList<Fault> faults, bool isUnfinished)
    {
        HashSet<(string Question, int Shape)> shapes = [];
        var isAny = false;
        foreach (var fault in faults)
        {
            var path = fault.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (path.Length == 0 || answers[path[0]] is not { } answer) continue;
            if (answer is JsonArray list && target.Ontology.Find(path[0]) is ShapesQuestion && path.Length > 1 && int.TryParse(path[1], out var at) && at < list.Count)
            {
                if (path.Length > 3 && path[2] == "attributes" && list[at]?["attributes"] is JsonObject attributes && attributes.Remove(path[3]))
                {
                    _losses.Add($"attribute:{path[3]}", $"The attribute \"{path[3]}\" does not take every value that was given: it expects {fault.Expected}.");
                    isAny = true;
                }
                else if (isUnfinished && path.Length > 2 && path[2] == "attributes" && (path.Length == 3 || list[at]?["attributes"]?[path[3]] is null))
                {
                    continue;
                }
                else if (shapes.Add((path[0], at)))
                {
                    _losses.Add("refused_shape", $"Shapes that the project's rules refuse are left out, such as one that is not {fault.Expected}.");
                }
            }
            else if (target.Ontology.Find(path[0]) is ShapesQuestion)
            {
                // Too many shapes, or too few: which of them are wrong nobody can say.
                return false;
            }
            else if (answers.Remove(path[0]))
            {
                _refused++;
                _losses.Add($"answer:{path[0]}", $"The question \"{path[0]}\" expects {fault.Expected}.");
                isAny = true;
            }
        }

        _refused += shapes.Count;
        foreach (var (question, at) in shapes.OrderByDescending(s => s.Shape)) ((JsonArray)answers[question]!).RemoveAt(at);
        return isAny || shapes.Count > 0;
    }
}
