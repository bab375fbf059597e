using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Curation.Pipelines;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate preset</c>: recipes to copy.</summary>
internal static class PresetCommand
{
    public static Command Make()
    {
        var name = new Argument<string?>("NAME") { Description = "Name of a preset; without it they are listed.", Arity = ArgumentArity.ZeroOrOne };
        var steps = new Option<bool>("--steps") { Description = "List the steps that a pipeline can name, with their parameters and defaults." };
        var json = Options.Json();
        return new Command("preset", "Print a published recipe as a pipeline file to copy, or list what there is.")
            { name, steps, json }
            .Examples(
                "touchstone curate preset",
                "touchstone curate preset fineweb > fineweb.yaml",
                "touchstone curate preset --steps --json")
            .Runs((parsed, _) =>
            {
                if (parsed.GetValue(steps)) TellSteps(parsed, parsed.GetValue(json));
                else if (parsed.GetValue(name) is not { } wanted) TellNames(parsed, parsed.GetValue(json));
                else parsed.InvocationConfiguration.Output.Write(Presets.Find(wanted) ?? throw new CommandException($"There is no preset \"{wanted}\"; there are {string.Join(", ", Presets.Names)}."));
                return Task.FromResult(ExitCode.Done);
            });
    }

    private static void TellNames(ParseResult parsed, bool isJson)
    {
        if (isJson) parsed.Print(new JsonArray([.. Presets.Names.Select(n => (JsonNode)n)]).ToJsonString());
        else
            foreach (var preset in Presets.Names) parsed.Print($"{preset,-16}{Presets.Find(preset)!.Split('\n')[0].TrimStart('#', ' ')}");
    }

    private static void TellSteps(ParseResult parsed, bool isJson)
    {
        if (isJson)
        {
            parsed.Print(new JsonArray([.. StepRegistry.All.Select(k => (JsonNode)new JsonObject { ["step"] = k.Name, ["summary"] = k.Summary, ["defaults"] = k.Defaults })]).ToJsonString());
            return;
        }

        foreach (var kind in StepRegistry.All)
        {
            parsed.Print($"{kind.Name}: {kind.Summary}");
            foreach (var (parameter, value) in kind.Defaults) parsed.Print($"    {parameter}: {value?.ToJsonString() ?? "none"}");
        }
    }
}
