using System.Linq.Expressions;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Assets;

/// <summary>An asset as managers see it. Width and height are those that a person sees, after EXIF orientation is applied.</summary>
internal sealed record AssetRow(
    AssetId Id,
    string Sha256,
    long ByteCount,
    string MediaType,
    string? FileName,
    int WidthPx,
    int HeightPx,
    int Orientation,
    bool Synthetic,
    CompartmentId? CompartmentId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? WithdrawnAt)
{
    public static readonly Expression<Func<Asset, AssetRow>> Projection = a => new AssetRow(
        a.Id,
        a.Sha256,
        a.ByteCount,
        a.MediaType,
        a.FileName,
        a.WidthPx,
        a.HeightPx,
        a.Orientation,
        a.Synthetic,
        a.CompartmentId == Store.Ids.CompartmentId.None ? null : a.CompartmentId,
        a.CreatedAt,
        a.WithdrawnAt);

    private static readonly Func<Asset, AssetRow> Made = Projection.Compile();

    public static AssetRow Of(Asset asset) => Made(asset);
}
