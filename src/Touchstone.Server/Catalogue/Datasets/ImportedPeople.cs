using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>Members of the organization who stand for the annotators of a data set: those that the plan names, those who stood for them before in the project, and others who are made and cannot sign in.</summary>
internal sealed class ImportedPeople(OrganizationId organization, ProjectId project, DatasetPlan plan, string datasetName)
{
    /// <summary>Whose an opinion is: the member, or of nobody's those whom nobody may be; and others who stood for the same name.</summary>
    public readonly record struct Who(IReadOnlyList<ContributorId> Members, IReadOnlyList<ContributorId> Also);

    /// <summary>How a data set's second, third ... opinion of one input that names nobody is called; the first has the empty name.</summary>
    public static string Nobody(int number) => number == 1 ? "" : $" {number}";

    /// <summary>Finds the members for names, and makes those who are missing, in the transaction that writes what they said: nobody is made without work, and of two imports that take turns (<see cref="Store.Queue.ImportTurn"/>) the second finds whom the first made.</summary>
    /// <returns>Members by name.</returns>
    public async Task<Members> FindOrMakeAsync(StoreContext store, IEnumerable<string> names, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] wanted = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] keys = [.. wanted.Select(KeyOf).Distinct(StringComparer.Ordinal)];
        var known = (await store.ImportedPeople.AsNoTracking().Where(p => p.ProjectId == project && keys.Contains(p.Name)).ToListAsync(cancellationToken))
            .GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.OrderBy(p => p.Number).Select(p => p.ContributorId).ToList(), StringComparer.Ordinal);
        foreach (var key in keys) known.TryAdd(key, []);
        foreach (var name in wanted)
        {
            var members = known[KeyOf(name)];
            if (Chosen(name) is { } chosen)
            {
                if (!members.Contains(chosen)) Add(store, name, members, chosen);
            }
            else
            {
                while (members.Count < NumberOf(name)) Add(store, name, members, Make(store, datasetName + Nobody(members.Count + 1), now));
                if (members.Count == 0) Add(store, name, members, Make(store, name, now));
            }
        }

        return new Members(known, this);
    }

    /// <summary>Who is who.</summary>
    internal sealed class Members(Dictionary<string, List<ContributorId>> known, ImportedPeople people)
    {
        /// <param name="name">As the data set has it.</param>
        /// <param name="nobodies">Opinions of the same input that name nobody.</param>
        public Who Of(string name, int nobodies)
        {
            var all = known[KeyOf(name)];
            if (people.Chosen(name) is { } chosen) return new([chosen], [.. all.Where(m => m != chosen)]);
            var own = NumberOf(name) == 0 ? 1 : Math.Clamp(nobodies, 1, all.Count);
            return new([.. all.Take(own)], [.. all.Skip(own)]);
        }

        /// <summary>The member whom a name's work belongs to.</summary>
        public ContributorId Of(string name) => people.Chosen(name) ?? known[KeyOf(name)][0];
    }

    private ContributorId? Chosen(string name) => plan.Contributors is { } chosen && chosen.TryGetValue(name, out var member) ? member : null;

    private void Add(StoreContext store, string name, List<ContributorId> members, ContributorId member)
    {
        members.Add(member);
        store.Add(new ImportedPerson { ProjectId = project, Name = KeyOf(name), Number = members.Count, OrganizationId = organization, ContributorId = member });
    }

    private ContributorId Make(StoreContext store, string name, DateTimeOffset now)
    {
        var shown = Shown(name);
        var person = new Person { Id = PersonId.New(now), DisplayName = shown, SecurityStamp = Passwords.SecurityStamp(), CreatedAt = now };
        var contributor = new Contributor { Id = ContributorId.New(now), OrganizationId = organization, PersonId = person.Id, Role = Role.Contributor, DisplayName = shown, CreatedAt = now };
        store.AddRange(person, contributor);
        return contributor.Id;
    }

    /// <summary>0 of a name; of nobody the first, second ...</summary>
    public static int NumberOf(string name) => name.Length == 0 ? 1 : name[0] == ' ' && int.TryParse(name.AsSpan(1), out var number) ? number : 0;

    /// <summary>All who are not named are one name, and a name that no column holds is known by its digest.</summary>
    private static string KeyOf(string name) =>
        NumberOf(name) > 0 ? "" : name.Length <= ImportedPerson.NameMax && !name.Any(char.IsControl) ? name : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";

    private static string Shown(string name)
    {
        var plain = new string([.. name.Where(c => !char.IsControl(c))]).Trim();
        return plain.Length == 0 ? "Imported" : plain[..Math.Min(plain.Length, Texts.NameMax)];
    }
}
