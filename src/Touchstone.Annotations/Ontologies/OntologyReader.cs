using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Reads questions and classes from JSON and holds them to the rules of an ontology.</summary>
internal sealed class OntologyReader
{
    /// <summary>How a question of each kind is read; <c>kind: boolean</c> is a choice.</summary>
    public static readonly KindRegistry<Func<OntologyReader, ObjectReader, string, string?, Question>> Rows = new()
    {
        { QuestionKind.Shapes, static (ontology, reader, id, title) => ontology.ReadShapes(reader, id, title) },
        { QuestionKind.Choice, static (ontology, reader, id, title) => new ChoiceReader(ontology._faults).Read(reader, id, title) },
        { QuestionKind.Rating, static (_, reader, id, title) => ReadRating(reader, id, title) },
        { QuestionKind.Text, static (_, reader, id, title) => ReadText(reader, id, title) },
        { QuestionKind.Number, static (_, reader, id, title) => ReadNumber(reader, id, title) },
    };

    private readonly FaultList _faults;
    private readonly GeometryRegistry _geometries;
    private readonly IReadOnlyList<Question> _given;
    private readonly List<Question> _questions = [];

    /// <param name="faults">Where faults go.</param>
    /// <param name="geometries">The geometries that classes may have.</param>
    /// <param name="given">Questions that stand before all that are read, such as those of packs; conditions may look at them.</param>
    public OntologyReader(FaultList faults, GeometryRegistry geometries, IReadOnlyList<Question>? given = null) =>
        (_faults, _geometries, _given) = (faults, geometries, given ?? []);

    /// <summary>The questions of an ontology, from the key <c>questions</c>.</summary>
    public IReadOnlyList<Question> ReadQuestions(ObjectReader owner)
    {
        foreach (var (value, pointer) in owner.List("questions", OntologyLimits.MaxQuestions))
        {
            if (ReadQuestion(value, pointer, null) is { } question) _questions.Add(question);
        }

        if (_faults.IsEmpty) new HotkeyCheck(_faults).Check(_questions, owner.At("questions"));
        return _questions;
    }

    /// <summary>Reads a question, or an attribute where there are siblings.</summary>
    /// <param name="value">The question.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="siblings">Of an attribute, the attributes that stand before it; otherwise null.</param>
    private Question? ReadQuestion(JsonElement value, string pointer, IReadOnlyList<Question>? siblings)
    {
        var kind = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("kind", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        if (!OntologyForms.Kinds.TryGetValue(kind, out var form) || siblings is not null && form.Kind == QuestionKind.Shapes)
        {
            AddUnknownKind(value, pointer, kind, siblings is not null);
            return null;
        }

        var reader = new ObjectReader(value, pointer, form.Form, _faults);
        var id = ReadId(reader, (siblings ?? _questions).Select(q => q.Id));
        if (id is null) return null;
        return Rows[form.Kind](this, reader, id, reader.Text("title", OntologyLimits.MaxTitleLength)) with
        {
            Help = reader.Text("help", OntologyLimits.MaxHelpLength),
            Required = reader.Flag("required"),
            When = new ConditionReader(_faults, [.. _given, .. _questions], siblings).Read(reader, "when"),
            RenamedFrom = ReadRenamedFrom(reader),
        };
    }

    private void AddUnknownKind(JsonElement value, string pointer, string kind, bool isAttribute)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            _faults.Add(pointer, $"a question: an object with {string.Join(", ", OntologyForms.AnyQuestion.Keys)}", value);
            return;
        }

        string[] known = [.. OntologyForms.Kinds.Where(k => !isAttribute || k.Value.Kind != QuestionKind.Shapes).Select(k => k.Key)];
        var at = JsonPointer.Append(pointer, "kind");
        var expected = ObjectReader.Suggest($"one of {string.Join(", ", known)}", kind, known);
        if (value.TryGetProperty("kind", out var found)) _faults.Add(at, expected, found);
        else _faults.Add(at, expected, "nothing");
    }

    public static string? ReadId(ObjectReader reader, IEnumerable<string> taken)
    {
        var id = reader.Text("id", OntologyLimits.MaxIdLength, required: true);
        if (id is null) return null;
        if (!Identifier.IsValid(id)) reader.Fault("id", Identifier.Expected, JsonText.Quote(id));
        else if (taken.Contains(id, StringComparer.Ordinal)) reader.Fault("id", "an id that is not taken", JsonText.Quote(id));
        return id;
    }

    public static string? ReadRenamedFrom(ObjectReader reader)
    {
        var id = reader.Text("renamed_from", OntologyLimits.MaxIdLength);
        if (id is null || Identifier.IsValid(id)) return id;
        reader.Fault("renamed_from", Identifier.Expected, JsonText.Quote(id));
        return null;
    }

    private ShapesQuestion ReadShapes(ObjectReader reader, string id, string? title)
    {
        var classes = new List<ShapeClass>();
        var items = reader.List("classes", OntologyLimits.MaxClasses, required: true).ToList();
        var colours = new FreeColours(items.Select(item => ColourOf(item.Value)));
        foreach (var (value, pointer) in items)
        {
            if (ReadClass(value, pointer, classes, colours) is { } shapeClass) classes.Add(shapeClass);
        }

        var (min, max) = ReadRange(reader, "min_count", "max_count");
        return new ShapesQuestion(id, title, classes) { MinCount = min, MaxCount = max };
    }

    private static (int? Min, int? Max) ReadRange(ObjectReader reader, string minKey, string maxKey, int least = 0)
    {
        var (min, max) = (reader.Whole(minKey, least, int.MaxValue), reader.Whole(maxKey, least, int.MaxValue));
        if (min > max) reader.Fault(maxKey, $"at least {minKey}, {min}", $"{max}");
        return (min, max);
    }

    private static string? ColourOf(JsonElement shapeClass) =>
        shapeClass.ValueKind == JsonValueKind.Object && shapeClass.TryGetProperty("colour", out var colour) && colour.ValueKind == JsonValueKind.String ? colour.GetString() : null;

    private ShapeClass? ReadClass(JsonElement value, string pointer, List<ShapeClass> before, FreeColours colours)
    {
        var reader = new ObjectReader(value, pointer, OntologyForms.Class, _faults);
        var id = ReadId(reader, before.Select(c => c.Id));
        var kinds = ReadGeometries(reader);
        var keypoints = ReadKeypoints(reader, kinds.Contains(GeometryKind.Keypoints));
        var attributes = new List<Question>();
        foreach (var (item, at) in reader.List("attributes", OntologyLimits.MaxQuestions))
        {
            if (ReadQuestion(item, at, attributes) is { } attribute) attributes.Add(attribute);
        }

        var shapeClass = new ShapeClass(id ?? "", reader.Text("title", OntologyLimits.MaxTitleLength), Palette.Read(reader) ?? colours.Next(), kinds)
        {
            Help = reader.Text("help", OntologyLimits.MaxHelpLength),
            Hotkey = HotkeyCheck.Read(reader),
            Limits = ReadLimits(reader),
            Keypoints = keypoints,
            Attributes = attributes,
            Supercategory = reader.Text("supercategory", OntologyLimits.MaxTitleLength),
            RenamedFrom = ReadRenamedFrom(reader),
        };
        return id is null ? null : shapeClass;
    }

    private List<GeometryKind> ReadGeometries(ObjectReader reader)
    {
        var kinds = new List<GeometryKind>();
        foreach (var (value, pointer) in reader.List("geometries", _geometries.Forms.Count, required: true))
        {
            var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            if (_geometries.Find(name) is not { } form)
                _faults.Add(pointer, ObjectReader.Suggest($"one of {string.Join(", ", _geometries.Forms.Select(f => f.Name))}", name, _geometries.Forms.Select(f => f.Name)), value);
            else if (kinds.Contains(form.Kind)) _faults.Add(pointer, "each geometry once", value);
            else kinds.Add(form.Kind);
        }

        return kinds;
    }

    private KeypointLayout? ReadKeypoints(ObjectReader owner, bool wanted)
    {
        if (!owner.Has("keypoints", out var value))
        {
            if (wanted) owner.Fault("keypoints", "names of the points, since geometries has keypoints", "nothing");
            return null;
        }

        if (!wanted) owner.Fault("keypoints", "nothing, since geometries has no keypoints", "keypoints");
        var reader = new ObjectReader(value, owner.At("keypoints"), OntologyForms.Keypoints, _faults);
        var names = new List<string>();
        foreach (var (item, pointer) in reader.List("names", OntologyLimits.MaxKeypoints, required: true))
        {
            var name = item.ValueKind == JsonValueKind.String ? item.GetString()! : "";
            if (!Identifier.IsValid(name)) _faults.Add(pointer, Identifier.Expected, item);
            else if (names.Contains(name, StringComparer.Ordinal)) _faults.Add(pointer, "each name once", item);
            names.Add(name);
        }

        var skeleton = reader.List("skeleton", 10 * OntologyLimits.MaxKeypoints).Select(item => ReadLimb(item.Value, item.Pointer, names)).ToList();
        var sigmas = ReadSigmas(reader, names.Count);
        return new KeypointLayout(names, skeleton, sigmas);
    }

    private KeypointLimb ReadLimb(JsonElement value, string pointer, List<string> names)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2 && value.EnumerateArray().All(end => end.ValueKind == JsonValueKind.String))
        {
            var (from, to) = (names.IndexOf(value[0].GetString()!), names.IndexOf(value[1].GetString()!));
            if (from >= 0 && to >= 0 && from != to) return new KeypointLimb(from, to);
        }

        _faults.Add(pointer, $"two different names of points: {string.Join(", ", names)}", value);
        return default;
    }

    private List<double>? ReadSigmas(ObjectReader reader, int count)
    {
        if (!reader.Has("sigmas", out _)) return null;
        var sigmas = new List<double>();
        foreach (var (value, pointer) in reader.List("sigmas", OntologyLimits.MaxKeypoints))
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var sigma) && sigma is > 0 and <= 1) sigmas.Add(sigma);
            else _faults.Add(pointer, "a number above 0 and at most 1", value);
        }

        if (sigmas.Count != count) reader.Fault("sigmas", $"one for each of the {count} points", $"{sigmas.Count}");
        return sigmas;
    }

    private ShapeLimits ReadLimits(ObjectReader owner)
    {
        if (!owner.Has("limits", out var value)) return ShapeLimits.None;
        var reader = new ObjectReader(value, owner.At("limits"), OntologyForms.Limits, _faults);
        var (minWidth, maxWidth) = ReadSizes(reader, "min_width", "max_width");
        var (minHeight, maxHeight) = ReadSizes(reader, "min_height", "max_height");
        var (minArea, maxArea) = ReadSizes(reader, "min_area", "max_area");
        var (minVertices, maxVertices) = ReadRange(reader, "min_vertices", "max_vertices", least: 1);
        return new ShapeLimits
        {
            MinWidth = minWidth,
            MaxWidth = maxWidth,
            MinHeight = minHeight,
            MaxHeight = maxHeight,
            MinArea = minArea,
            MaxArea = maxArea,
            MinVertices = minVertices,
            MaxVertices = maxVertices,
            MayLeaveImage = reader.Flag("may_leave_image"),
        };
    }

    private static (double? Min, double? Max) ReadSizes(ObjectReader reader, string minKey, string maxKey)
    {
        var (min, max) = (reader.Number(minKey, 0), reader.Number(maxKey, 0));
        if (min > max) reader.Fault(maxKey, $"at least {minKey}, {min}", $"{max}");
        return (min, max);
    }

    private static RatingQuestion ReadRating(ObjectReader reader, string id, string? title)
    {
        var min = reader.Whole("min", -1_000_000, 1_000_000) ?? 1;
        var max = reader.Whole("max", -1_000_000, 1_000_000) ?? 5;
        if (max <= min || max - min > 100) reader.Fault("max", $"a number above min, {min}, at most 100 away", $"{max}");
        var labels = new List<RatingLabel>();
        foreach (var (value, pointer) in reader.List("labels", 101))
        {
            var label = reader.Open(value, pointer, OntologyForms.RatingLabel);
            var rating = label.Whole("value", min, Math.Max(min, max));
            if (rating is null && !label.Has("value", out _)) label.Fault("value", $"a whole number from {min} to {max}", "nothing");
            if (labels.Exists(l => l.Value == rating)) label.Fault("value", "each value once", $"{rating}");
            labels.Add(new RatingLabel(rating ?? min, label.Text("title", OntologyLimits.MaxTitleLength, required: true) ?? ""));
        }

        return new RatingQuestion(id, title, min, max) { Labels = [.. labels.OrderBy(l => l.Value)] };
    }

    private static TextQuestion ReadText(ObjectReader reader, string id, string? title)
    {
        var (min, max) = (reader.Whole("min_length", 0, Answers.AnswerChecker.MaxTextLength), reader.Whole("max_length", 1, Answers.AnswerChecker.MaxTextLength));
        if (min > max) reader.Fault("max_length", $"at least min_length, {min}", $"{max}");
        var question = new TextQuestion(id, title) { MinLength = min, MaxLength = max, Multiline = reader.Flag("multiline") };
        var pattern = reader.Text("pattern", OntologyLimits.MaxPatternLength);
        if (pattern is null) return question;
        try
        {
            return question with { Pattern = pattern };
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            reader.Fault("pattern", "a regular expression without look-around and back references", error.Message);
            return question;
        }
    }

    private static NumberQuestion ReadNumber(ObjectReader reader, string id, string? title)
    {
        var (min, max) = (reader.Number("min"), reader.Number("max"));
        if (min >= max) reader.Fault("max", $"above min, {min}", $"{max}");
        return new NumberQuestion(id, title)
        {
            Min = min,
            Max = max,
            Step = reader.Number("step", 0, aboveMin: true),
            Integer = reader.Flag("integer"),
            Unit = reader.Text("unit", 50),
        };
    }
}
