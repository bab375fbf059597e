using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Operation;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone admin user</c>: people of this database.</summary>
internal static class AdminUserCommand
{
    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Order().Select(SnakeCaseOf)];

    public static Command Make() => new("user", "List people, add one, or make a one-time sign-in link for somebody who cannot sign in.") { List(), Create(), Link() };

    private static Command List()
    {
        var (data, database, json) = (Options.Data(), Options.Database(), Options.Json());
        return new Command("list", "List the people of every organization.") { data, database, json }
            .Examples("touchstone admin user list", "touchstone admin user list --json")
            .Runs(async (parsed, cancellationToken) =>
            {
                await using var store = await Database.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                await using var context = store.CreateContext();
                var rows = await context.Contributors.AsNoTracking().OrderBy(c => c.OrganizationId).ThenBy(c => c.Id)
                    .Select(c => new { c.Id, c.DisplayName, c.Person!.Email, c.Role, c.Simulated, c.SuspendedAt }).ToListAsync(cancellationToken);
                foreach (var row in rows)
                {
                    parsed.Print(parsed.GetValue(json)
                        ? new JsonObject
                        {
                            ["id"] = row.Id.ToString(),
                            ["name"] = row.DisplayName,
                            ["email"] = row.Email,
                            ["role"] = SnakeCaseOf(row.Role),
                            ["simulated"] = row.Simulated,
                            ["suspended"] = row.SuspendedAt is not null,
                        }.ToJsonString()
                        : $"{row.Id}  {SnakeCaseOf(row.Role),-11}  {Printable.Text(row.DisplayName)}{(row.Email is null ? "" : $" <{row.Email}>")}{(row.Simulated ? "  simulated" : "")}{(row.SuspendedAt is null ? "" : "  suspended")}");
                }

                return ExitCode.Done;
            });
    }

    private static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The person's name." };
        var role = new Option<string>("--role") { Description = "What the person may do; each may also do what stands before it.", DefaultValueFactory = _ => Roles[0] }.OneOf(Roles);
        var organization = new Option<string>("--organization") { HelpName = "NAME", Description = "Name of the organization if there is none yet.", DefaultValueFactory = _ => "My organization" };
        var (data, database, json) = (Options.Data(), Options.Database(), Options.Json());
        return new Command("create", "Add a person and print a one-time link with which they sign in and choose a password. Makes the database and its organization if there are none.")
            { name, role, organization, data, database, json }
            .Examples("touchstone admin user create \"Ada Lovelace\" --role owner", "touchstone admin user create \"Grace Hopper\" --role reviewer --data /srv/touchstone")
            .Runs(async (parsed, cancellationToken) =>
            {
                OperatorPeople.CheckNames(parsed.GetValue(name)!, parsed.GetValue(organization)!);
                await using var store = await Database.OpenOrMakeAsync(parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                var (contributor, link) = await OperatorPeople.AddAsync(store, parsed.GetValue(name)!, Enum.Parse<Role>(parsed.GetValue(role)!, ignoreCase: true), parsed.GetValue(organization)!, cancellationToken);
                Tell(parsed, contributor, link, parsed.GetValue(json));
                return ExitCode.Done;
            });
    }

    private static Command Link()
    {
        var who = new Argument<string>("PERSON") { Description = "E-mail address or contributor id." };
        var (data, database, json) = (Options.Data(), Options.Database(), Options.Json());
        return new Command("link", "Print a one-time link that signs a person in.") { who, data, database, json }
            .Examples("touchstone admin user link ada@example.org")
            .Runs(async (parsed, cancellationToken) =>
            {
                await using var store = await Database.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                var contributor = await FindAsync(store, parsed.GetValue(who)!, cancellationToken);
                Tell(parsed, contributor, await OperatorPeople.LinkAsync(store, contributor, cancellationToken), parsed.GetValue(json));
                return ExitCode.Done;
            });
    }

    /// <summary>The contributor meant by an e-mail address or id.</summary>
    internal static async Task<ContributorId> FindAsync(StoreDatabase database, string who, CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        var address = who.ToLowerInvariant();
        var byId = ContributorId.TryParse(who, null, out var id);
        var found = await store.Contributors.Where(c => (byId && c.Id == id) || c.Person!.Email == address).Select(c => (ContributorId?)c.Id).ToListAsync(cancellationToken);
        return found switch
        {
            [{ } one] => one,
            [] => throw new CommandException($"There is nobody with the e-mail address or contributor id \"{who}\"; \"touchstone admin user list\" shows everybody."),
            _ => throw new CommandException($"\"{who}\" belongs to several organizations; give the contributor id that \"touchstone admin user list\" shows."),
        };
    }

    private static void Tell(ParseResult parsed, ContributorId contributor, string path, bool json)
    {
        parsed.Print(json
            ? new JsonObject { ["contributor"] = contributor.ToString(), ["link"] = path }.ToJsonString()
            : $"Contributor {contributor}\nOne-time link, good for a day, to be put behind the server's address:\n  {path}");
    }

    private static string SnakeCaseOf(Role role) => role.ToString().ToLowerInvariant();
}
