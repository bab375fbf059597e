using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Touchstone.Files.Storage;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Assets;

/// <summary>How an asset's bytes rest and go out.</summary>
internal static class AssetContent
{
    private const int FileNameMax = 255;

    /// <summary>Bytes are apart for each organization: one cannot ask whether another has a file.</summary>
    public static string ScopeOf(OrganizationId organization) => organization.Value.ToString("N");

    /// <summary>The bytes, with ranges and a strong tag. What a stranger sent in must not run as a page of ours, whatever it is.</summary>
    public static FileStreamHttpResult Send(HttpResponse response, ContentFolder content, Asset asset)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = asset.FileName ?? asset.Sha256 }.ToString();
        return TypedResults.Stream(
            content.OpenRead(ScopeOf(asset.OrganizationId), asset.Sha256), asset.MediaType, lastModified: asset.CreatedAt, entityTag: new EntityTagHeaderValue($"\"{asset.Sha256}\""), enableRangeProcessing: true);
    }

    /// <summary>The last part of a name, without control characters: it is for people only, never a path.</summary>
    public static string? CleanName(string? name)
    {
        if (name is null) return null;
        var last = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var clean = new StringBuilder(Math.Min(last.Length, FileNameMax));
        foreach (var rune in last.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > FileNameMax) break;
            if (!Rune.IsControl(rune)) clean.Append(rune);
        }

        var text = clean.ToString().Trim();
        return text.Length == 0 ? null : text;
    }
}
