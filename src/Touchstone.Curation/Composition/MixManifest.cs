using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Composition;

/// <summary>A source of a finished mixture.</summary>
/// <param name="Name">Its name in the recipe.</param>
/// <param name="Licence">Terms that the recipe states; null where it states none.</param>
/// <param name="Inputs">Its files.</param>
/// <param name="Read">Its documents.</param>
/// <param name="ReadTokens">Sum of the numbers of tokens that its records tell; null where these are not the unit.</param>
/// <param name="Faults">What could not be read of it, by code.</param>
/// <param name="Repeats">How often each document was to go in, on average.</param>
/// <param name="Written">What went in, repeats counted.</param>
/// <param name="WrittenTokens">Tokens of what went in; null where these are not the unit.</param>
/// <param name="Share">Its share of the mixture in the recipe's unit, as it was drawn.</param>
/// <param name="Licences">Documents that went in by the licence that their records state (<c>license</c> or <c>licence</c>); <c>""</c> where they state none, <c>"..."</c> for those beyond the first 1,000.</param>
public sealed record MixManifestSource(
    string Name, string? Licence, IReadOnlyList<PlannedInput> Inputs, Amount Read, double? ReadTokens, SortedDictionary<string, long> Faults, double Repeats, Amount Written, double? WrittenTokens, double Share,
    SortedDictionary<string, long> Licences);

/// <summary>What a finished mixture is made of.</summary>
public sealed record MixManifest
{
    /// <summary>Name of the file in the mixture's folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Version of the folder's layout.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>The recipe with what it left to defaults.</summary>
    public required JsonObject Recipe { get; init; }

    /// <summary>Digest of the recipe.</summary>
    public required string RecipeDigest { get; init; }

    /// <summary>The sources, in the recipe's order.</summary>
    public required IReadOnlyList<MixManifestSource> Sources { get; init; }

    /// <summary>Documents of the mixture, repeats counted.</summary>
    public required Amount Written { get; init; }

    /// <summary>Files of the mixture, in order.</summary>
    public required IReadOnlyList<OutputFile> Outputs { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Time on the clock that it took.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>The manifest as its file has it.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, RunPlan.Json), (byte)'\n'];
}
