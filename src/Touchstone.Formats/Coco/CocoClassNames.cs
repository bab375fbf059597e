using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>Names of a file's categories by their ids. Categories are told by id and may share a name; classes are told by name, so those of one name are made apart, and that is told.</summary>
internal sealed class CocoClassNames
{
    private readonly Dictionary<long, string> _byId = [];
    private readonly Dictionary<string, long> _idOf = new(StringComparer.Ordinal);

    /// <summary>Names by id.</summary>
    public IReadOnlyDictionary<long, string> ById => _byId;

    /// <summary>Takes a category.</summary>
    /// <returns>It, with a name of its own.</returns>
    /// <exception cref="CocoFieldException">Another category has its id.</exception>
    public ObjectClass Add(ObjectClass category, CocoFields fields, Action<string, string>? tell)
    {
        var id = category.Number!.Value;
        if (_byId.ContainsKey(id)) throw fields.Fault("id", "an id that no category before it has");
        var name = category.Name;
        while (_idOf.TryGetValue(name, out var other))
        {
            if (name == category.Name) tell?.Invoke($"{fields.Pointer}/name", FormattableString.Invariant($"(id {id}) \"{name}\" is the name of the category {other} too; this one is read as \"{name} ({id})\""));
            name = FormattableString.Invariant($"{name} ({id})");
        }

        _idOf.Add(name, id);
        _byId.Add(id, name);
        return category with { Name = name };
    }
}
