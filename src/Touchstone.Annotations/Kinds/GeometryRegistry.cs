using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Kinds;

/// <summary>The kinds of geometry that shapes may have, each one row.</summary>
internal sealed class GeometryRegistry
{
    private readonly IdIndex _names;

    public GeometryRegistry(IReadOnlyList<GeometryForm> forms)
    {
        Forms = forms;
        _names = new IdIndex(forms, static form => ((GeometryForm)form).Name);
    }

    /// <summary>What the product ships.</summary>
    public static GeometryRegistry Shipped { get; } = new(
    [
        new(GeometryKind.Box, "box", GeometryNature.Area, GeometryChecks.Box, GeometryJson.ReadBox, GeometryJson.WriteBox, AreaSimilarity.Between),
        new(GeometryKind.RotatedBox, "rotated_box", GeometryNature.Area, GeometryChecks.RotatedBox, GeometryJson.ReadRotatedBox, GeometryJson.WriteRotatedBox, AreaSimilarity.Between),
        new(GeometryKind.Polygon, "polygon", GeometryNature.Area, GeometryChecks.Polygon, GeometryJson.ReadPolygon, GeometryJson.WritePolygon, AreaSimilarity.Between),
        new(GeometryKind.Polyline, "polyline", GeometryNature.Line, GeometryChecks.Polyline, GeometryJson.ReadPolyline, GeometryJson.WritePolyline, LineSimilarity.Between),
        new(GeometryKind.Keypoints, "keypoints", GeometryNature.Points, GeometryChecks.Keypoints, GeometryJson.ReadKeypoints, GeometryJson.WriteKeypoints, KeypointSimilarity.Between),
    ]);

    public IReadOnlyList<GeometryForm> Forms { get; }

    public GeometryForm Of(GeometryKind kind)
    {
        for (var i = 0; i < Forms.Count; i++)
            if (Forms[i].Kind == kind) return Forms[i];
        throw new InvalidOperationException($"No row for geometries of kind {kind}.");
    }

    public GeometryForm? Find(ReadOnlySpan<byte> name)
    {
        var index = _names.Find(name);
        return index < 0 ? null : Forms[index];
    }

    public GeometryForm? Find(string name)
    {
        var index = _names.Find(name);
        return index < 0 ? null : Forms[index];
    }
}

/// <summary>Everything that the library does with one kind of geometry.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its name in ontologies, and the member that carries it in answers.</param>
/// <param name="Nature">Only shapes of one nature can be alike.</param>
/// <param name="Check">Checks its JSON against the class and the input.</param>
/// <param name="Read">Reads JSON that was found valid.</param>
/// <param name="Write">Writes canonical JSON.</param>
/// <param name="Similarity">How alike two of this nature are, in [0, 1].</param>
internal sealed record GeometryForm(
    GeometryKind Kind, string Name, GeometryNature Nature, GeometryCheck Check, Func<JsonElement, ShapeGeometry> Read,
    Action<Utf8JsonWriter, ShapeGeometry> Write, Func<ShapeGeometry, ShapeGeometry, SimilarityScale, double> Similarity);

/// <summary>What a geometry covers.</summary>
internal enum GeometryNature
{
    Area,
    Line,
    Points,
    Volume,
    Time,
}

/// <summary>Checks a geometry's JSON and reports what is wrong to the run.</summary>
internal delegate void GeometryCheck(JsonElement value, ShapeClass shapeClass, ref CheckRun run);
