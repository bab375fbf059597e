using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Runs;

/// <summary>What became of a document in a run.</summary>
/// <param name="Step">Id of the step that dropped it; empty where it was kept.</param>
/// <param name="Reason">Name of the rule; empty where it was kept.</param>
/// <param name="Text">Digest of its last text.</param>
/// <param name="Words">Words of its last text.</param>
public readonly record struct Fate(string Step, string Reason, ulong Text, long Words)
{
    /// <summary>True where the document is in the sink.</summary>
    public bool IsKept => Reason.Length == 0;

    /// <summary>As people read it.</summary>
    public override string ToString() => IsKept ? "kept" : $"{Step}: {Reason}";
}

/// <summary>A document whose fate is not the same in two runs.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Before">Its fate in the first run; null where it was not in it.</param>
/// <param name="After">Its fate in the second run; null where it was not in it.</param>
public sealed record FateChange(string Id, Fate? Before, Fate? After);

/// <summary>How two runs' decisions differ.</summary>
public sealed class RunComparison
{
    private const int BytesADocument = 120;

    /// <summary>Documents that both runs had.</summary>
    public long Both { get; private set; }

    /// <summary>Documents with the same fate and, where they were kept, the same text.</summary>
    public long Same { get; private set; }

    /// <summary>Documents of both runs that are left out, because a run had several of their name: none of them can be told from the others.</summary>
    public long Repeated { get; private set; }

    /// <summary>Documents by their two fates, where those differ.</summary>
    public SortedDictionary<(string Before, string After), long> Changes { get; } = [];

    /// <summary>Compares the fates of documents, by their names.</summary>
    /// <param name="before">Folder of a finished run.</param>
    /// <param name="after">Folder of another.</param>
    /// <param name="memoryBytes">Memory to take: larger runs are compared in several passes over their fates, each with a part of the names.</param>
    /// <param name="onChange">Told of every document whose fate differs, part by part in the order of the first run.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public static async Task<RunComparison> CompareAsync(string before, string after, long memoryBytes, Action<FateChange> onChange, CancellationToken cancellationToken = default)
    {
        var comparison = new RunComparison();
        var (first, second) = (RunManifest.Load(before), RunManifest.Load(after));
        var passes = (int)Math.Clamp((first.Read.Documents + second.Read.Documents) * BytesADocument / Math.Max(1, memoryBytes) + 1, 1, 1000);
        for (var pass = 0; pass < passes; pass++) await comparison.PassAsync((before, first), (after, second), pass, passes, onChange, cancellationToken);
        return comparison;
    }

    /// <summary>The fates that a run's files tell, in their order.</summary>
    public static async IAsyncEnumerable<(string Id, Fate Fate)> FatesAsync(string folder, RunManifest manifest, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var file in manifest.Fates)
        {
            using var lines = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, file.Name)), CompressionMode.Decompress), Encoding.UTF8);
            while (await lines.ReadLineAsync(cancellationToken) is { } line) yield return Parse(line);
        }
    }

    private async Task PassAsync((string Folder, RunManifest Manifest) before, (string Folder, RunManifest Manifest) after, int pass, int passes, Action<FateChange> onChange, CancellationToken cancellationToken)
    {
        var repeated = new HashSet<string>(StringComparer.Ordinal);
        var first = await PartAsync(before.Folder, before.Manifest);
        var second = await PartAsync(after.Folder, after.Manifest);
        foreach (var (id, fate) in first)
        {
            if (repeated.Contains(id)) Repeated++;
            else Compare(id, fate, second.TryGetValue(id, out var other) ? other : null, onChange);
        }

        foreach (var (id, fate) in second)
        {
            if (repeated.Contains(id)) Repeated++;
            else if (!first.ContainsKey(id)) Compare(id, null, fate, onChange);
        }

        async Task<OrderedDictionary<string, Fate>> PartAsync(string folder, RunManifest manifest)
        {
            var part = new OrderedDictionary<string, Fate>(StringComparer.Ordinal);
            await foreach (var (id, fate) in FatesAsync(folder, manifest, cancellationToken))
            {
                if (!IsOf(id, pass, passes) || part.TryAdd(id, fate)) continue;
                repeated.Add(id);
                Repeated++;
            }

            return part;
        }
    }

    private void Compare(string id, Fate? before, Fate? after, Action<FateChange> onChange)
    {
        if (before is not null && after is not null) Both++;
        if (before is { } b && after is { } a && b.Step == a.Step && b.Reason == a.Reason && (!b.IsKept || b.Text == a.Text))
        {
            Same++;
            return;
        }

        var change = (Name(before), before is { IsKept: true } && after is { IsKept: true } ? "kept with another text" : Name(after));
        Changes[change] = Changes.GetValueOrDefault(change) + 1;
        onChange(new(id, before, after));
    }

    private static string Name(Fate? fate) => fate?.ToString() ?? "not in it";

    private static bool IsOf(string id, int pass, int passes) => passes == 1 || (int)(XxHash64.Hash(Encoding.UTF8.GetBytes(id)) % (ulong)passes) == pass;

    private static (string, Fate) Parse(string line)
    {
        var fate = JsonElement.Parse(line);
        var isKept = fate.GetProperty("fate").ValueEquals("kept");
        return (fate.GetProperty("id").GetString()!, new(
            isKept ? "" : string.Intern(fate.GetProperty("step").GetString()!),
            isKept ? "" : string.Intern(fate.GetProperty("reason").GetString()!),
            ulong.Parse(fate.GetProperty("text").GetString()!, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture),
            fate.GetProperty("words").GetInt64()));
    }
}
