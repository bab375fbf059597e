using System.Text.Json;
using Touchstone.Annotations.Kinds;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Lists what differs between two versions of an ontology, each difference with the faults that come of it.</summary>
internal sealed class OntologyComparison(Ontology from, Ontology to)
{
    private readonly List<Difference> _differences = [];

    public IReadOnlyList<Difference> Differences()
    {
        CompareLists(from.Questions, to.Questions, "/questions", new Scope(null, null));
        return _differences;
    }

    /// <summary>Where questions stand: in the ontology, or as attributes of a class.</summary>
    /// <param name="Question">Of attributes, the newer id of their shapes question.</param>
    /// <param name="Class">Of attributes, the newer id of their class.</param>
    private sealed record Scope(string? Question, string? Class)
    {
        public string Noun => Class is null ? "question" : "attribute";

        /// <summary>A fault about the question of this id.</summary>
        public Func<FaultPlace, bool> Of(string id) => place => Class is null ? place.Is(id, null, null) : place.Is(Question!, Class, id);
    }

    private void CompareLists(IReadOnlyList<Question> older, IReadOnlyList<Question> newer, string pointer, Scope scope)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < older.Count; i++)
        {
            var (question, next) = (older[i], OntologyRenames.Successor(newer, older[i].Id));
            if (next is not null && kept.Add(next.Id)) Compare(question, next, $"{pointer}/{Position(newer, next)}", scope);
            else Add($"{scope.Noun}_removed", $"{pointer}/{i}", $"The {scope.Noun} \"{question.Id}\" is gone.", scope.Of(question.Id));
        }

        for (var i = 0; i < newer.Count; i++)
        {
            if (kept.Contains(newer[i].Id)) continue;
            var required = newer[i].Required ? ", and must be answered" : "";
            Add($"{scope.Noun}_added", $"{pointer}/{i}", $"The {scope.Noun} \"{newer[i].Id}\" is new{required}.", And(scope.Of(newer[i].Id), place => place.IsMissing));
        }
    }

    private static int Position<T>(IReadOnlyList<T> items, T item) where T : class
    {
        for (var i = 0; i < items.Count; i++)
            if (ReferenceEquals(items[i], item)) return i;
        return -1;
    }

    private static Func<FaultPlace, bool> And(Func<FaultPlace, bool> one, Func<FaultPlace, bool> other) => place => one(place) && other(place);

    private void Add(string kind, string pointer, string description, Func<FaultPlace, bool> explains, Func<JsonElement, bool>? touches = null) =>
        _differences.Add(new Difference(kind, pointer, description, explains, touches));

    private void Compare(Question older, Question newer, string pointer, Scope scope)
    {
        var isIt = scope.Of(newer.Id);
        if (older.Id != newer.Id)
            Add($"{scope.Noun}_renamed", pointer, $"The {scope.Noun} \"{older.Id}\" is called \"{newer.Id}\".", _ => false, answers => Has(answers, older.Id, 3));
        if (newer.Required && !older.Required)
            Add($"{scope.Noun}_required", pointer, $"The {scope.Noun} \"{newer.Id}\" must be answered.", And(isIt, place => place.IsMissing || place.IsEmpty));
        if (newer.When is not null && !OntologyWriter.Canonical(older.When).AsSpan().SequenceEqual(OntologyWriter.Canonical(newer.When)))
            Add("condition_changed", $"{pointer}/when", $"The {scope.Noun} \"{newer.Id}\" is asked under another condition.", And(isIt, place => place.IsNotAsked || place.IsMissing));

        if (older.Kind != newer.Kind || older is ChoiceQuestion one && newer is ChoiceQuestion other && Form(one) != Form(other))
            Add($"{scope.Noun}_kind_changed", $"{pointer}/kind", $"Answers to the {scope.Noun} \"{newer.Id}\" have another form.", And(isIt, place => !place.IsMissing && !place.IsNotAsked));
        else
            Rows[newer.Kind](this, older, newer, pointer, isIt);
    }

    private static (bool, bool, bool) Form(ChoiceQuestion question) => (question.Boolean, question.Multiple, question.Taxonomy);

    /// <summary>How two questions of each kind are compared beyond what all kinds have.</summary>
    public static readonly KindRegistry<Action<OntologyComparison, Question, Question, string, Func<FaultPlace, bool>>> Rows = new()
    {
        { QuestionKind.Shapes, static (comparison, older, newer, pointer, _) => comparison.CompareShapes((ShapesQuestion)older, (ShapesQuestion)newer, pointer) },
        { QuestionKind.Choice, static (comparison, older, newer, pointer, isIt) => comparison.CompareChoices((ChoiceQuestion)older, (ChoiceQuestion)newer, pointer, isIt) },
        { QuestionKind.Rating, static (comparison, older, newer, pointer, isIt) => comparison.CompareRatings((RatingQuestion)older, (RatingQuestion)newer, pointer, isIt) },
        { QuestionKind.Text, static (comparison, older, newer, pointer, isIt) => comparison.CompareTexts((TextQuestion)older, (TextQuestion)newer, pointer, isIt) },
        { QuestionKind.Number, static (comparison, older, newer, pointer, isIt) => comparison.CompareNumbers((NumberQuestion)older, (NumberQuestion)newer, pointer, isIt) },
    };

    private void Narrowed(bool narrowed, string id, string pointer, Func<FaultPlace, bool> explains)
    {
        if (narrowed) Add("range_narrowed", pointer, $"\"{id}\" allows fewer answers.", explains);
    }

    private static bool Rises(double? older, double? newer) => newer is not null && (older is null || newer > older);

    private static bool Falls(double? older, double? newer) => newer is not null && (older is null || newer < older);

    private static Func<FaultPlace, bool> Answered(Func<FaultPlace, bool> isIt) => place => isIt(place) && !place.IsMissing && !place.IsNotAsked;

    private void CompareRatings(RatingQuestion older, RatingQuestion newer, string pointer, Func<FaultPlace, bool> isIt) =>
        Narrowed(newer.Min > older.Min || newer.Max < older.Max, newer.Id, pointer, Answered(isIt));

    private void CompareTexts(TextQuestion older, TextQuestion newer, string pointer, Func<FaultPlace, bool> isIt)
    {
        var narrowed = Rises(older.MinLength, newer.MinLength) || Falls(older.MaxLength, newer.MaxLength) || older.Multiline && !newer.Multiline
            || newer.Pattern is not null && newer.Pattern != older.Pattern;
        Narrowed(narrowed, newer.Id, pointer, Answered(isIt));
    }

    private void CompareNumbers(NumberQuestion older, NumberQuestion newer, string pointer, Func<FaultPlace, bool> isIt)
    {
        var narrowed = Rises(older.Min, newer.Min) || Falls(older.Max, newer.Max) || newer.Integer && !older.Integer
            || newer.Step is not null && (newer.Step != older.Step || newer.Min != older.Min);
        Narrowed(narrowed, newer.Id, pointer, Answered(isIt));
    }

    private void CompareChoices(ChoiceQuestion older, ChoiceQuestion newer, string pointer, Func<FaultPlace, bool> isIt)
    {
        var narrowed = Rises(older.MinSelected, newer.MinSelected) || Falls(older.MaxSelected, newer.MaxSelected) || newer.LeavesOnly && !older.LeavesOnly;
        Narrowed(narrowed, newer.Id, pointer, And(isIt, place => place.Value.ValueKind == JsonValueKind.Array && !place.IsNotAsked));
        CompareOptions(older.Options, newer.Options, $"{pointer}/options", isIt);
    }

    private void CompareOptions(IReadOnlyList<ChoiceOption> older, IReadOnlyList<ChoiceOption> newer, string pointer, Func<FaultPlace, bool> isIt)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < older.Count; i++)
        {
            var (option, next) = (older[i], OntologyRenames.Successor(newer, older[i].Id));
            if (next is null || !kept.Add(next.Id))
            {
                Add("option_removed", $"{pointer}/{i}", $"The option \"{option.Id}\" is gone.", And(isIt, place => place.Says(option.Id)));
                continue;
            }

            var at = $"{pointer}/{Position(newer, next)}";
            if (next.Id != option.Id)
                Add("option_renamed", at, $"The option \"{option.Id}\" is called \"{next.Id}\".", _ => false, answers => Says(answers, option.Id));
            CompareOptions(option.Children, next.Children, $"{at}/children", isIt);
        }

        for (var i = 0; i < newer.Count; i++)
            if (!kept.Contains(newer[i].Id)) Add("option_added", $"{pointer}/{i}", $"The option \"{newer[i].Id}\" is new.", _ => false);
    }

    private void CompareShapes(ShapesQuestion older, ShapesQuestion newer, string pointer)
    {
        Narrowed(Rises(older.MinCount, newer.MinCount) || Falls(older.MaxCount, newer.MaxCount), newer.Id, pointer,
            place => place.Is(newer.Id, null, null) && place.Value.ValueKind == JsonValueKind.Array && !place.IsNotAsked);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < older.Classes.Count; i++)
        {
            var (shapeClass, next) = (older.Classes[i], OntologyRenames.Successor(newer.Classes, older.Classes[i].Id));
            if (next is not null && kept.Add(next.Id))
                CompareClasses(shapeClass, next, newer.Id, $"{pointer}/classes/{Position(newer.Classes, next)}");
            else
                Add("class_removed", $"{pointer}/classes/{i}", $"The class \"{shapeClass.Id}\" is gone.",
                    place => place.Question == newer.Id && place.Member == "class" && place.Says(shapeClass.Id));
        }

        for (var i = 0; i < newer.Classes.Count; i++)
            if (!kept.Contains(newer.Classes[i].Id)) Add("class_added", $"{pointer}/classes/{i}", $"The class \"{newer.Classes[i].Id}\" is new.", _ => false);
    }

    private void CompareClasses(ShapeClass older, ShapeClass newer, string question, string pointer)
    {
        if (older.Id != newer.Id)
            Add("class_renamed", pointer, $"The class \"{older.Id}\" is called \"{newer.Id}\".", _ => false, answers => Says(answers, older.Id));
        bool IsOfClass(FaultPlace place) => place.Question == question && place.Class == newer.Id && place.Attribute is null;
        foreach (var kind in older.Geometries.Where(kind => !newer.Geometries.Contains(kind)))
        {
            var name = GeometryRegistry.Shipped.Of(kind).Name;
            Add("geometry_removed", $"{pointer}/geometries", $"The class \"{newer.Id}\" may not be drawn as {name}.", place => IsOfClass(place) && place.Member == name);
        }

        var allowed = newer.Geometries.Select(kind => GeometryRegistry.Shipped.Of(kind).Name).ToHashSet(StringComparer.Ordinal);
        if (IsNarrower(older.Limits, newer.Limits))
            Add("limits_narrowed", $"{pointer}/limits", $"The class \"{newer.Id}\" has tighter limits.", place => IsOfClass(place) && place.Member is not null && allowed.Contains(place.Member));
        if (older.Keypoints is { } before && newer.Keypoints is { } after && before.Names.Count != after.Names.Count)
            Add("keypoints_changed", $"{pointer}/keypoints", $"The class \"{newer.Id}\" has another number of points.", place => IsOfClass(place) && place.Member == "keypoints");
        CompareLists(older.Attributes, newer.Attributes, $"{pointer}/attributes", new Scope(question, newer.Id));
    }

    private static bool IsNarrower(ShapeLimits older, ShapeLimits newer) =>
        Rises(older.MinWidth, newer.MinWidth) || Falls(older.MaxWidth, newer.MaxWidth) || Rises(older.MinHeight, newer.MinHeight)
        || Falls(older.MaxHeight, newer.MaxHeight) || Rises(older.MinArea, newer.MinArea) || Falls(older.MaxArea, newer.MaxArea)
        || Rises(older.MinVertices, newer.MinVertices) || Falls(older.MaxVertices, newer.MaxVertices) || older.MayLeaveImage && !newer.MayLeaveImage;

    /// <summary>Whether a member of this name stands in the answers, or in an attributes object within them.</summary>
    private static bool Has(JsonElement value, string name, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object => value.TryGetProperty(name, out _) || depth > 0 && value.EnumerateObject().Any(member => Has(member.Value, name, depth - 1)),
        JsonValueKind.Array => depth > 0 && value.EnumerateArray().Any(item => Has(item, name, depth - 1)),
        _ => false,
    };

    /// <summary>Whether a text equal to this stands anywhere in the answers.</summary>
    private static bool Says(JsonElement value, string text) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => Says(member.Value, text)),
        JsonValueKind.Array => value.EnumerateArray().Any(item => Says(item, text)),
        JsonValueKind.String => value.ValueEquals(text),
        _ => false,
    };
}
