using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>A difference between two versions, and which faults it explains.</summary>
/// <param name="Kind">A stable name.</param>
/// <param name="Pointer">Into the newer ontology, or into the older one where something was removed.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Explains">Whether a fault of the newer version comes of it.</param>
/// <param name="Touches">Whether answers use what it changes; null where that says nothing.</param>
internal sealed record Difference(string Kind, string Pointer, string Description, Func<FaultPlace, bool> Explains, Func<JsonElement, bool>? Touches);

/// <summary>What a fault is about: a question, and within shapes a class, and of that an attribute or the geometry.</summary>
internal sealed class FaultPlace
{
    private readonly string[] _steps;

    public FaultPlace(Ontology ontology, JsonElement answers, Fault fault)
    {
        _steps = JsonPointer.Split(fault.Pointer);
        IsNotAsked = fault.Expected.StartsWith(AnswerChecker.NoAnswer, StringComparison.Ordinal);
        Question = _steps.Length > 0 ? _steps[0] : null;
        Value = Find(answers, _steps.Length);
        if (Question is null || ontology.Find(Question) is not (null or ShapesQuestion) || _steps.Length < 2) return;
        var shape = Find(answers, 2);
        if (shape.ValueKind != JsonValueKind.Object) return;
        if (shape.TryGetProperty("class", out var name) && name.ValueKind == JsonValueKind.String) Class = name.GetString();
        Member = _steps.Length > 2 ? _steps[2] : null;
        if (Member == "attributes" && _steps.Length > 3) Attribute = _steps[3];
    }

    public string? Question { get; }

    /// <summary>The class of the shape that the fault is in.</summary>
    public string? Class { get; }

    /// <summary>The member of that shape: <c>class</c>, <c>attributes</c>, or a geometry's.</summary>
    public string? Member { get; }

    public string? Attribute { get; }

    /// <summary>What stands at the fault; undefined where something is missing.</summary>
    public JsonElement Value { get; }

    /// <summary>Whether the fault is that an answer is missing.</summary>
    public bool IsMissing => Value.ValueKind == JsonValueKind.Undefined;

    /// <summary>Whether an empty list or text stands where there must be something.</summary>
    public bool IsEmpty => Value.ValueKind switch
    {
        JsonValueKind.String => Value.ValueEquals(""),
        JsonValueKind.Array => Value.GetArrayLength() == 0,
        _ => false,
    };

    /// <summary>Whether the fault is an answer to what is not asked.</summary>
    public bool IsNotAsked { get; }

    /// <summary>Whether this text stands at the fault.</summary>
    public bool Says(string text) => Value.ValueKind == JsonValueKind.String && Value.ValueEquals(text);

    /// <summary>Whether it is about this question, or about this attribute of this class.</summary>
    public bool Is(string question, string? shapeClass, string? attribute) => Question == question && Class == shapeClass && Attribute == attribute;

    private JsonElement Find(JsonElement answers, int depth)
    {
        var value = answers;
        for (var i = 0; i < depth && value.ValueKind != JsonValueKind.Undefined; i++)
        {
            value = value.ValueKind switch
            {
                JsonValueKind.Object when value.TryGetProperty(_steps[i], out var member) => member,
                JsonValueKind.Array when int.TryParse(_steps[i], CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength() => value[index],
                _ => default,
            };
        }

        return value;
    }
}
