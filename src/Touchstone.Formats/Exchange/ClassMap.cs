namespace Touchstone.Formats.Exchange;

/// <summary>Other names for classes, and which of them to leave out.</summary>
/// <param name="names">New names by old; null leaves the class out. Classes that are not here stay as they are.</param>
public sealed class ClassMap(IReadOnlyDictionary<string, string?> names)
{
    /// <summary>Every class stays as it is.</summary>
    public static ClassMap None { get; } = new(new Dictionary<string, string?>());

    /// <summary>Old names that no class had so far.</summary>
    public IEnumerable<string> Unused => names.Keys.Where(n => !_used.Contains(n)).Order(StringComparer.Ordinal);

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The sample with its classes renamed; objects of classes that are left out are counted.</summary>
    public Sample Apply(Sample sample, Action<string> onLeftOut) => names.Count == 0 ? sample : sample with
    {
        Opinions = [.. sample.Opinions.Select(o => o with { Objects = [.. Renamed(o.Objects, onLeftOut)] })],
    };

    /// <summary>The classes after renaming, each once.</summary>
    public DatasetFacts Apply(DatasetFacts facts) => names.Count == 0 ? facts : facts with
    {
        Classes = [.. facts.Classes.Select(c => names.TryGetValue(c.Name, out var name) ? name is null ? null : c with { Name = name, Number = null } : c).OfType<ObjectClass>().DistinctBy(c => c.Name)],
    };

    private IEnumerable<LabelledObject> Renamed(IReadOnlyList<LabelledObject> objects, Action<string> onLeftOut)
    {
        foreach (var each in objects)
        {
            if (!names.TryGetValue(each.Class, out var name))
            {
                yield return each;
                continue;
            }

            _used.Add(each.Class);
            if (name is null) onLeftOut(each.Class);
            else yield return each with { Class = name };
        }
    }
}
