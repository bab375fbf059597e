namespace Touchstone.Server.Trust.Releases.Format;

/// <summary>Names within a release's folder.</summary>
internal static class ReleaseFiles
{
    public const string Release = "release.json";

    public const string Labels = "labels.ndjson";

    public const string Lineage = "lineage.ndjson";

    public const string Evidence = "evidence.ndjson";

    public const string Coco = "annotations.coco.json";

    public const string Card = "CARD.md";

    public const string Population = "audit-population.txt";

    public const string ImageFolder = "images";

    /// <summary>Files that every release has besides release.json.</summary>
    public static readonly IReadOnlyList<string> Always = [Card, Coco, Evidence, Labels, Lineage];

    /// <summary>A copied picture: named by its digest, so that no name can collide or lead elsewhere.</summary>
    public static string Image(string sha256, string mediaType) => $"{ImageFolder}/{sha256}{Extension(mediaType)}";

    private static string Extension(string mediaType) => mediaType switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "image/bmp" => ".bmp",
        _ => "",
    };
}

/// <summary>Lines of the population: an id, and behind a space the number of its stratum where there are strata, from 0.</summary>
internal static class PopulationLines
{
    /// <summary>Numbers of strata have one digit.</summary>
    public const int StrataMax = 10;

    public static string Of(Guid task, byte? stratum) => stratum is { } number ? $"{task} {number}" : $"{task}";
}
