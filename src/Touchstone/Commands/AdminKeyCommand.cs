using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Operation;
using Touchstone.Server.People;
using Touchstone.Store.Ids;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone admin key</c>: API keys of this database.</summary>
internal static class AdminKeyCommand
{
    public static Command Make() => new("key", "Make, list and revoke API keys.") { Create(), List(), Revoke() };

    private static Command Create()
    {
        var who = new Option<string?>("--user") { Description = "E-mail address or contributor id that the key acts as. Default: the first owner", HelpName = "PERSON" };
        var name = new Option<string>("--name") { Description = "What the key is for.", HelpName = "TEXT", DefaultValueFactory = _ => "command line" };
        var days = new Option<int?>("--days") { Description = "Days until it expires. Default: never", HelpName = "N" }.Within(1, 36_500);
        var (data, database, json) = (Options.Data(), Options.Database(), Options.Json());
        return new Command("create", "Make an API key and print it, this once.") { who, name, days, data, database, json }
            .Examples("touchstone admin key create", "export TOUCHSTONE_KEY=$(touchstone admin key create --user ada@example.org --days 30)")
            .Runs(async (parsed, cancellationToken) =>
            {
                if (Texts.CheckName(parsed.GetValue(name), "--name") is { } fault) throw new CommandException($"--name: expected {fault.Expected}, found {fault.Found}.", ExitCode.Misuse);
                await using var store = await Database.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                var contributor = parsed.GetValue(who) is { } person
                    ? await AdminUserCommand.FindAsync(store, person, cancellationToken)
                    : await OperatorKeys.OwnerAsync(store, cancellationToken);
                TimeSpan? lifetime = parsed.GetValue(days) is { } d ? TimeSpan.FromDays(d) : null;
                var (id, secret) = await OperatorKeys.CreateAsync(store, contributor, parsed.GetValue(name)!.Trim(), lifetime, TimeProvider.System, cancellationToken);
                parsed.Print(parsed.GetValue(json)
                    ? new JsonObject { ["id"] = id.ToString(), ["key"] = secret, ["contributor"] = contributor.ToString() }.ToJsonString()
                    : secret);
                return ExitCode.Done;
            });
    }

    private static Command List()
    {
        var (data, database, json) = (Options.Data(), Options.Database(), Options.Json());
        return new Command("list", "List API keys by their first characters.") { data, database, json }
            .Examples("touchstone admin key list")
            .Runs(async (parsed, cancellationToken) =>
            {
                await using var store = await Database.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                await using var context = store.CreateContext();
                var keys = await context.ApiKeys.AsNoTracking().OrderBy(k => k.Id).ToListAsync(cancellationToken);
                var names = await context.Contributors.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.DisplayName, cancellationToken);
                foreach (var key in keys)
                {
                    var state = key.RevokedAt is not null ? "revoked" : key.ExpiresAt < DateTimeOffset.UtcNow ? "expired" : "good";
                    parsed.Print(parsed.GetValue(json)
                        ? new JsonObject
                        {
                            ["id"] = key.Id.ToString(),
                            ["prefix"] = key.Prefix,
                            ["name"] = key.Name,
                            ["contributor"] = key.ContributorId.ToString(),
                            ["state"] = state,
                            ["last_used_at"] = key.LastUsedAt?.UtcDateTime.ToString("O"),
                        }.ToJsonString()
                        : $"{key.Id}  {key.Prefix}…  {state,-7}  {Printable.Text($"{names[key.ContributorId]}: {key.Name}")}");
                }

                return ExitCode.Done;
            });
    }

    private static Command Revoke()
    {
        var which = new Argument<string>("KEY") { Description = "Id, or first characters as \"list\" shows them." };
        var (data, database) = (Options.Data(), Options.Database());
        return new Command("revoke", "Revoke an API key. Servers notice within two seconds.") { which, data, database }
            .Examples("touchstone admin key revoke ts_4fK2p1")
            .Runs(async (parsed, cancellationToken) =>
            {
                await using var store = await Database.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                var text = parsed.GetValue(which)!;
                await using var context = store.CreateContext();
                var byId = ApiKeyId.TryParse(text, null, out var id);
                var found = await context.ApiKeys.Where(k => k.RevokedAt == null && ((byId && k.Id == id) || k.Prefix == text)).Select(k => k.Id).ToListAsync(cancellationToken);
                if (found.Count != 1)
                    throw new CommandException(found.Count == 0 ? $"There is no good key \"{text}\"." : $"\"{text}\" fits {found.Count} keys; give the id.");
                await OperatorKeys.RevokeAsync(store, found[0], TimeProvider.System, cancellationToken);
                return ExitCode.Done;
            });
    }
}
