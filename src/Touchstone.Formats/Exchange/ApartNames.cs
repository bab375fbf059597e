using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Files.Storage;

namespace Touchstone.Formats.Exchange;

/// <summary>Gives each sample of a conversion places that no other one has: two parts or folders may have pictures of one name, and targets one place for both.</summary>
/// <remarks>Places are kept as hashes of 128 bits, so that memory stays small for millions of samples.</remarks>
internal sealed class ApartNames(ConversionPlan plan, string targetRoot)
{
    private const int TriesMax = 10_000;

    private readonly HashSet<UInt128> _labels = [];
    private readonly Dictionary<UInt128, UInt128> _pictures = [];

    /// <summary>The sample by a name whose places are free, and takes them.</summary>
    /// <param name="sample">The sample as it is to be written.</param>
    /// <param name="split">Its part of the data set, also where the target does not keep it.</param>
    /// <param name="picture">The file of its picture; null where it is not placed.</param>
    /// <param name="fault">Why there is no such name.</param>
    /// <returns>Null where there is none.</returns>
    public Sample? Take(Sample sample, string? split, string? picture, out string fault)
    {
        foreach (var name in Names(sample.Name, split))
        {
            var named = ReferenceEquals(name, sample.Name) ? sample : sample with { Name = name };
            var (label, place) = (LabelOf(named), picture is null ? null : plan.To.PicturePlace(named, plan.Options));
            fault = Unsafe(plan.To.LabelPlace(named, plan.Options)) ?? Unsafe(place) ?? "";
            if (fault.Length > 0) return null;
            var source = picture is null ? default : Hash(picture);
            if (_labels.Contains(label) || place is not null && _pictures.TryGetValue(Hash(place), out var other) && other != source) continue;
            _labels.Add(label);
            if (place is not null) _pictures[Hash(place)] = source;
            return named;
        }

        fault = $"more than {TriesMax} inputs have this name.";
        return null;
    }

    /// <summary>What no two samples may share: the file of labels, or the name within a part where samples share files.</summary>
    private UInt128 LabelOf(Sample sample) => Hash(plan.To.LabelPlace(sample, plan.Options) ?? $"{sample.Split}\0{sample.Name}");

    /// <summary>The name; the name below the part that it is of; and the name with a number.</summary>
    private static IEnumerable<string> Names(string name, string? split)
    {
        yield return name;
        if (split is not null) yield return $"{split}/{name}";
        var stem = DatasetSource.WithoutPictureEnding(name);
        for (var i = 2; i < TriesMax; i++) yield return FormattableString.Invariant($"{stem}_{i}{name[stem.Length..]}");
    }

    private string? Unsafe(string? place) => place is null || SafePath.TryJoin(targetRoot, place, out _, out var reason) ? null
        : $"{plan.To.Traits.Name} would have a file at \"{place}\", which cannot be below the target ({reason}); the input is left out.";

    private static UInt128 Hash(string text) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
