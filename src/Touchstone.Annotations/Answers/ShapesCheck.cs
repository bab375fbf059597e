using System.Buffers;
using System.Text.Json;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>Checks a list of shapes: ids, classes, geometries, attributes.</summary>
internal static class ShapesCheck
{
    private const string Members = "the members id, class, attributes and one geometry";

    public static void Check(ShapesQuestion question, JsonElement value, ref CheckRun run)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            run.Report("a list of shapes", value);
            return;
        }

        var count = value.GetArrayLength();
        var max = Math.Min(question.MaxCount ?? int.MaxValue, AnswerChecker.MaxShapes);
        if (count < question.MinCount) run.Report($"at least {question.MinCount} shapes", value);
        if (count > max)
        {
            run.Report($"at most {max} shapes", value);
            return;
        }

        var hashes = ArrayPool<ulong>.Shared.Rent(Math.Max(count, 1));
        var i = 0;
        foreach (var shape in value.EnumerateArray())
        {
            run.Enter(i);
            hashes[i] = CheckShape(question, shape, ref run);
            run.Leave();
            i++;
        }

        CheckDistinct(value, hashes.AsSpan(0, count), ref run);
        ArrayPool<ulong>.Shared.Return(hashes);
    }

    /// <summary>Checks one shape.</summary>
    /// <returns>A hash of its id, or 0 where it has none.</returns>
    private static ulong CheckShape(ShapesQuestion question, JsonElement shape, ref CheckRun run)
    {
        if (shape.ValueKind != JsonValueKind.Object)
        {
            run.Report($"a shape: an object with {Members}", shape);
            return 0;
        }

        JsonElement id = default, name = default, attributes = default, geometry = default;
        GeometryForm? form = null;
        foreach (var member in shape.EnumerateObject())
        {
            var utf8 = JsonText.Utf8Of(member);
            if (utf8.SequenceEqual("id"u8)) Take(member, ref id, ref run);
            else if (utf8.SequenceEqual("class"u8)) Take(member, ref name, ref run);
            else if (utf8.SequenceEqual("attributes"u8)) Take(member, ref attributes, ref run);
            else if (run.Geometries.Find(utf8) is not { } found) run.ReportAt(member.Name, Members, "another name");
            else if (form is not null) run.ReportAt(member.Name, "one geometry", $"{form.Name} and {found.Name}");
            else (form, geometry) = (found, member.Value);
        }

        if (FindClass(question, name, ref run) is { } shapeClass)
        {
            CheckGeometry(shapeClass, form, geometry, ref run);
            CheckAttributes(shapeClass, attributes, ref run);
        }

        return CheckId(id, ref run);
    }

    private static void Take(JsonProperty member, ref JsonElement slot, ref CheckRun run)
    {
        if (slot.ValueKind != JsonValueKind.Undefined) run.ReportAt(member.Name, "each member once", "it a second time");
        slot = member.Value;
    }

    private static ShapeClass? FindClass(ShapesQuestion question, JsonElement name, ref CheckRun run)
    {
        var index = name.ValueKind == JsonValueKind.String ? question.Ids.Find(JsonText.Utf8Of(name)) : -1;
        if (index >= 0) return question.Classes[index];

        run.Enter("class");
        run.Report(
            question.Classes.Count <= 20 ? $"a class: {string.Join(", ", question.Classes.Select(c => c.Id))}" : $"one of the {question.Classes.Count} classes",
            name);
        run.Leave();
        return null;
    }

    private static void CheckGeometry(ShapeClass shapeClass, GeometryForm? form, JsonElement geometry, ref CheckRun run)
    {
        if (form is null)
        {
            run.Report($"a geometry of the class {shapeClass.Id}: {Names(shapeClass, run.Geometries)}", "none");
            return;
        }

        run.Enter(form.Name);
        if (Allows(shapeClass, form)) form.Check(geometry, shapeClass, ref run);
        else run.Report($"a geometry of the class {shapeClass.Id}: {Names(shapeClass, run.Geometries)}", form.Name);
        run.Leave();
    }

    private static bool Allows(ShapeClass shapeClass, GeometryForm form)
    {
        for (var i = 0; i < shapeClass.Geometries.Count; i++)
            if (shapeClass.Geometries[i] == form.Kind) return true;
        return false;
    }

    private static string Names(ShapeClass shapeClass, GeometryRegistry geometries) =>
        string.Join(", ", shapeClass.Geometries.Select(kind => geometries.Of(kind).Name));

    private static void CheckAttributes(ShapeClass shapeClass, JsonElement attributes, ref CheckRun run)
    {
        run.Enter("attributes");
        if (attributes.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined)
            AnswerChecker.CheckMembers(attributes, shapeClass.Attributes, shapeClass.Ids, "attribute", attributes, ref run);
        else
            run.Report("an object with a member for each attribute answered", attributes);
        run.Leave();
    }

    private static ulong CheckId(JsonElement id, ref CheckRun run)
    {
        var utf8 = id.ValueKind == JsonValueKind.String ? JsonText.Utf8Of(id) : default;
        if (Identifier.IsValid(utf8)) return Hash(utf8);
        run.Enter("id");
        run.Report(Identifier.Expected, id);
        run.Leave();
        return 0;
    }

    private static void CheckDistinct(JsonElement shapes, Span<ulong> hashes, ref CheckRun run)
    {
        hashes.Sort();
        for (var i = 1; i < hashes.Length; i++)
        {
            if (hashes[i] == 0 || hashes[i] != hashes[i - 1]) continue;
            ReportRepeated(shapes, ref run);
            return;
        }
    }

    private static void ReportRepeated(JsonElement shapes, ref CheckRun run)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var i = -1;
        foreach (var shape in shapes.EnumerateArray())
        {
            i++;
            if (shape.ValueKind != JsonValueKind.Object || !shape.TryGetProperty("id"u8, out var id) || id.ValueKind != JsonValueKind.String) continue;
            if (seen.Add(id.GetString()!)) continue;
            run.Enter(i);
            run.Enter("id");
            run.Report("an id that no other shape of the answer has", id);
            run.Leave();
            run.Leave();
        }
    }

    /// <summary>FNV-1a; never 0. Equal hashes are looked at again, so that a collision is no fault.</summary>
    private static ulong Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in utf8) hash = (hash ^ b) * 1099511628211UL;
        return hash == 0 ? 1 : hash;
    }
}
