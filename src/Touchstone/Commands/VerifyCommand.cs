using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Server.Trust.Releases.Verification;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone verify</c>: check a release again, offline.</summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        var release = new Argument<DirectoryInfo>("RELEASE") { Description = "The release's folder." };
        var json = Options.Json();
        return new Command("verify", "Check a release with nothing but its own files: digests, lineage, agreement of its files, and the assay computed again from the audit and gold answers in it.")
            { release, json }
            .Examples("touchstone verify ./street-1", "touchstone verify ./street-1 --json")
            .Runs(async (parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(release)!;
                if (!folder.Exists) throw new CommandException($"There is no folder {folder.FullName}.");
                var report = await ReleaseVerifier.VerifyAsync(folder.FullName, cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(ToJson(report).ToJsonString());
                else Tell(parsed, report);
                return report.Accepted ? ExitCode.Done : ExitCode.Failed;
            });
    }

    private static void Tell(ParseResult parsed, VerificationReport report)
    {
        foreach (var failure in report.Failures) parsed.Tell(Printable.Text($"{failure}"));
        if (report.Failures.Count == ReleaseVerifier.FailuresMax) parsed.Tell($"These are the first {ReleaseVerifier.FailuresMax}; there may be more.");
        parsed.Print(report.Accepted
            ? $"{report.Folder} is what it says it is: {report.Labels} labels in {report.Files} files, digest {report.Digest}."
            : $"{report.Folder} is NOT what it says it is: {report.Failures.Count} facts do not hold.");
    }

    private static JsonObject ToJson(VerificationReport report) => new()
    {
        ["accepted"] = report.Accepted,
        ["digest"] = report.Digest,
        ["labels"] = report.Labels,
        ["files"] = report.Files,
        ["failures"] = new JsonArray([.. report.Failures.Select(f => (JsonNode)new JsonObject
        {
            ["file"] = f.File,
            ["place"] = f.Place,
            ["fact"] = f.Fact,
            ["expected"] = f.Expected,
            ["found"] = f.Found,
        })]),
    };
}
