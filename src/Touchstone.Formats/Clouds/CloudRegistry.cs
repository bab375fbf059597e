using Touchstone.Formats.Exchange;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Clouds;

/// <summary>Every format of points, one line each.</summary>
public static class CloudRegistry
{
    /// <summary>How many files of each format are looked at to recognise a folder.</summary>
    private const int CandidatesMax = 20;

    private const int BeginningBytes = 4096;

    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<CloudFormat> All { get; } =
    [
        new PcdFormat(),
        new PlyFormat(),
        new NpyFormat(),
        new NpzFormat(),
        new KittiSweepFormat(),
        new NuScenesSweepFormat(),
        new LasFormat(),
        new ArgoverseSweepFormat(),
    ];

    /// <summary>The format of that id; null where there is none.</summary>
    public static CloudFormat? Find(string id) => All.FirstOrDefault(f => f.Traits.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>What points a folder or file holds, the surest first: for each format the folder that all its files lie in. Reads only names and the beginnings of files.</summary>
    public static IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        List<Recognition> found = [];
        foreach (var format in All)
        {
            var files = source.Files.Where(format.IsNamedSo).ToList();
            var certainty = files.Take(CandidatesMax).Select(f => CertaintyOf(format, source, f)).DefaultIfEmpty().Max();
            if (certainty > 0) found.Add(new Recognition(format.Traits.Id, source.IsFile ? "" : TextPlaces.Of(files), certainty, $"{files.Count} files called *{format.Traits.Ending}"));
        }

        return [.. found.OrderByDescending(r => r.Certainty).ThenBy(r => r.Place, StringComparer.Ordinal)];
    }

    private static double CertaintyOf(CloudFormat format, DatasetSource source, string file)
    {
        using var stream = source.OpenRead(file);
        var buffer = new byte[BeginningBytes];
        return format.CertaintyOf(buffer.AsSpan(0, stream.ReadAtLeast(buffer, BeginningBytes, throwOnEndOfStream: false)), stream.Length);
    }
}
