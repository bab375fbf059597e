namespace Touchstone.Demo.Run;

/// <summary>How a demo is run.</summary>
/// <param name="Data">Folder of the fresh database; must be new or empty.</param>
/// <param name="Output">Folder of the release; must be new or empty.</param>
/// <param name="Seed">Of everything that is drawn at random.</param>
/// <param name="Images">Pictures to label; one in ten more have known answers.</param>
/// <param name="Url">Where the server listens.</param>
internal sealed record DemoOptions(DirectoryInfo Data, DirectoryInfo Output, int Seed, int Images, string Url)
{
    public const int DefaultImages = 80;
    public const int ImagesMin = 10;
    public const int ImagesMax = 5_000;

    /// <summary>Half of the done images are audited: with as few images as a demo has, less would leave wide intervals.</summary>
    public const double AuditShare = 0.5;

    public int GoldImages => Math.Max(2, Images / 10);
}
