using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Touchstone.Formats.Exchange;

/// <summary>Parts a data set at random so that samples of one scene stay together and every class is spread as the shares ask.</summary>
/// <remarks>Iterative stratification over groups: K. Sechidis, G. Tsoumakas and I. Vlahavas, On the Stratification of Multi-Label Data, ECML PKDD 2011: the rarest class first, each of its groups to the part that lacks it most.</remarks>
/// <param name="shares">Names of the parts and their shares, above 0; they are taken relative to their sum.</param>
/// <param name="seed">The same seed and samples give the same parts.</param>
public sealed class SplitPlan(IReadOnlyList<(string Name, double Share)> shares, long seed)
{
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _partOf;

    /// <summary>Takes a sample into account; all of them before the first is asked for.</summary>
    public void Add(Sample sample)
    {
        var key = KeyOf(sample);
        if (!_groups.TryGetValue(key, out var group)) _groups.Add(key, group = new Group(key, Place(key)));
        group.Samples++;
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects)) group.Classes[each.Class] = group.Classes.GetValueOrDefault(each.Class) + 1;
    }

    /// <summary>The sample with its part.</summary>
    public Sample Apply(Sample sample) => sample with { Split = (_partOf ??= Decide())[KeyOf(sample)] };

    private static string KeyOf(Sample sample) => sample.Scene is { } scene ? $"scene {scene}" : $"sample {sample.Split} {sample.Name}";

    private ulong Place(string key) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{key}")));

    private Dictionary<string, string> Decide()
    {
        var whole = shares.Sum(s => s.Share);
        var totals = _groups.Values.SelectMany(g => g.Classes).GroupBy(c => c.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => (long)c.Value), StringComparer.Ordinal);
        Need[] needs = [.. shares.Select(s => new Need(s.Share / whole * _groups.Values.Sum(g => (long)g.Samples), totals.ToDictionary(t => t.Key, t => t.Value * s.Share / whole, StringComparer.Ordinal)))];
        Dictionary<string, string> partOf = new(StringComparer.Ordinal);
        var byClass = totals.OrderBy(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Key);
        foreach (var name in byClass.Append(null))
        {
            foreach (var group in _groups.Values.Where(g => !partOf.ContainsKey(g.Key) && (name is null || g.Classes.ContainsKey(name))).OrderBy(g => g.Place))
            {
                var part = Enumerable.Range(0, needs.Length).MaxBy(i => (name is null ? 0 : needs[i].Classes[name], needs[i].Samples, -i));
                partOf.Add(group.Key, shares[part].Name);
                needs[part].Take(group);
            }
        }

        return partOf;
    }

    private sealed class Group(string key, ulong place)
    {
        public string Key => key;

        public ulong Place => place;

        public int Samples { get; set; }

        public Dictionary<string, int> Classes { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Need(double samples, Dictionary<string, double> classes)
    {
        public double Samples { get; private set; } = samples;

        public Dictionary<string, double> Classes => classes;

        public void Take(Group group)
        {
            Samples -= group.Samples;
            foreach (var (name, count) in group.Classes) classes[name] -= count;
        }
    }
}
