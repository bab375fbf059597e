using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>Names people in a release without naming them: numbered as they appear, so that two releases cannot be joined by them.</summary>
internal sealed class Pseudonyms
{
    private readonly Dictionary<ContributorId, string> _names = [];

    public string Of(ContributorId contributor)
    {
        if (_names.TryGetValue(contributor, out var name)) return name;
        name = $"contributor-{_names.Count + 1}";
        _names.Add(contributor, name);
        return name;
    }
}
