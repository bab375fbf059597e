using System.CommandLine;
using Touchstone.Demo.Run;
using Touchstone.Operation;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone demo</c>: the whole way of the data in one command.</summary>
internal static class DemoCommand
{
    public static Command Make()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder of the demo's database, new or empty. Without it: a fresh one below the temporary folder, which --no-serve removes at the end.", HelpName = "DIR" };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder of the release, new or empty. Without it: beside the data folder.", HelpName = "DIR" };
        var seed = new Option<int>("--seed") { Description = "Draws the same scenes and the same people's errors again. Who labels which scene, and which are audited, depends on the moment too.", DefaultValueFactory = _ => 1 };
        var images = new Option<int>("--images") { Description = $"Pictures to label, {DemoOptions.ImagesMin} to {DemoOptions.ImagesMax}.", DefaultValueFactory = _ => DemoOptions.DefaultImages };
        images.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < DemoOptions.ImagesMin or > DemoOptions.ImagesMax)
                result.AddError($"--images: expected {DemoOptions.ImagesMin} to {DemoOptions.ImagesMax}, found {result.GetValueOrDefault<int>()}");
        });
        var stop = new Option<bool>("--no-serve") { Description = "End after the table instead of serving on." };
        var url = new Option<string>("--urls") { Description = "Where the demo's server listens; port 0 takes a free one.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:0" };
        ListenAddresses.Validate(url);
        var json = Options.Json();
        return new Command("demo", "Show the whole way of the data: synthetic street scenes, simulated contributors through the API, consensus, review, audit, an assayed release, and the truth beside it.")
            { data, output, seed, images, stop, url, json }
            .Examples("touchstone demo", "touchstone demo --no-serve --seed 7 --images 200", "touchstone demo --no-serve --json | jq .figures")
            .Runs(async (parsed, cancellationToken) =>
            {
                var isServing = !parsed.GetValue(stop);
                var given = parsed.GetValue(data);
                var folder = given ?? Directory.CreateTempSubdirectory("touchstone-demo-");
                var release = parsed.GetValue(output) ?? new DirectoryInfo(Path.TrimEndingDirectorySeparator(folder.FullName) + "-release");
                var options = new DemoOptions(folder, release, parsed.GetValue(seed), parsed.GetValue(images), parsed.GetValue(url)!);
                var isKept = given is not null;
                try
                {
                    await using var demo = await DemoRun.StartAsync(options, Console.Error.WriteLine, cancellationToken);
                    var outcome = await demo.RunAsync(cancellationToken);
                    if (parsed.GetValue(json)) Console.WriteLine(outcome.ToJson().ToJsonString());
                    else DemoTable.Print(outcome, Console.Out);
                    isKept |= isServing || !outcome.Verified;
                    if (!outcome.Verified) return ExitCode.Failed;
                    if (!isServing) return ExitCode.Done;
                    var link = await demo.SignInLinkAsync(cancellationToken);
                    Console.Error.WriteLine($"\nServing the demo at {demo.Address} until Ctrl+C. Sign in once with\n  {link}\nIts data stays: touchstone serve --data {folder.FullName}");
                    await demo.WaitForShutdownAsync(cancellationToken);
                    return ExitCode.Done;
                }
                finally
                {
                    if (!isKept) folder.Delete(recursive: true);
                }
            });
    }
}
