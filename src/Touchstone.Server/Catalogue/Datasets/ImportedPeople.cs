using Microsoft.EntityFrameworkCore;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>Members of the organization who stand for the annotators of a data set: those that the plan names, and others who are made and cannot sign in.</summary>
internal sealed class ImportedPeople(StoreDatabase database, OrganizationId organization, ProjectId project, DatasetPlan plan, string datasetName)
{
    private readonly Dictionary<string, ContributorId> _known = new(StringComparer.Ordinal);

    /// <summary>The member for a name; the empty name stands for whoever made a data set that names nobody.</summary>
    public async Task<ContributorId> OfAsync(string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        var found = plan.Contributors is { } chosen && chosen.TryGetValue(name, out var member) && member is { } id ? id : await FindOrMakeAsync(name.Length == 0 || name[0] == ' ' ? datasetName + name : name, now, cancellationToken);
        _known.Add(name, found);
        return found;
    }

    private async Task<ContributorId> FindOrMakeAsync(string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var shown = Shown(name);
        return await database.WriteAsync(
            async (store, cancel) =>
            {
                // An import that is repeated finds those whom the first one made: people without an address, a password or a key, who answered, skipped or began something in this project.
                // Elsewhere the same name, often a number, may be somebody else's.
                var before = await store.Contributors
                    .Where(c => c.OrganizationId == organization && c.DisplayName == shown && !c.Simulated && c.Person!.Email == null && c.Person.PasswordHash == null && !store.ApiKeys.Any(k => k.ContributorId == c.Id) && !store.SignInLinks.Any(l => l.ContributorId == c.Id) && (store.Responses.Any(r => r.ContributorId == c.Id && r.ProjectId == project) || store.Leases.Any(l => l.ContributorId == c.Id && l.ProjectId == project)))
                    .OrderBy(c => c.Id).Select(c => (ContributorId?)c.Id).FirstOrDefaultAsync(cancel);
                if (before is { } known) return known;
                var person = new Person { Id = PersonId.New(now), DisplayName = shown, SecurityStamp = Passwords.SecurityStamp(), CreatedAt = now };
                var contributor = new Contributor { Id = ContributorId.New(now), OrganizationId = organization, PersonId = person.Id, Role = Role.Contributor, DisplayName = shown, CreatedAt = now };
                store.AddRange(person, contributor);
                return contributor.Id;
            },
            cancellationToken);
    }

    private static string Shown(string name)
    {
        var plain = new string([.. name.Where(c => !char.IsControl(c))]).Trim();
        return plain.Length == 0 ? "Imported" : plain[..Math.Min(plain.Length, Texts.NameMax)];
    }
}
