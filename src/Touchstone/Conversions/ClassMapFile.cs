using System.Text;
using Touchstone.Formats.Exchange;
using Touchstone.Terminal;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Touchstone.Conversions;

/// <summary>A YAML file of classes: <c>old: new</c>, and <c>old: null</c> for a class to leave out.</summary>
internal static class ClassMapFile
{
    private const int BytesMax = 4 * 1024 * 1024;

    public static ClassMap Read(FileInfo file)
    {
        if (!file.Exists) throw new CommandException($"--map: there is no file {file.FullName}.");
        if (file.Length > BytesMax) throw new CommandException($"--map: {file.Name} has {file.Length} bytes; a map of classes has at most {BytesMax}.");
        YamlStream yaml = [];
        try
        {
            using var text = new StreamReader(file.FullName, Encoding.UTF8);
            yaml.Load(text);
        }
        catch (YamlException fault)
        {
            throw new CommandException($"--map: {file.Name}: line {fault.Start.Line}: this is no YAML that can be read: {fault.Message}");
        }

        Dictionary<string, string?> names = new(StringComparer.Ordinal);
        if (yaml.Documents.Count == 0) return new ClassMap(names);
        if (yaml.Documents[0].RootNode is not YamlMappingNode map) throw new CommandException($"--map: {file.Name}: expected lines such as \"car: vehicle\", and \"tram: null\" for a class to leave out.");
        foreach (var (key, value) in map)
        {
            if (key is not YamlScalarNode { Value: { Length: > 0 } old } || value is not YamlScalarNode name)
                throw new CommandException($"--map: {file.Name}: line {value.Start.Line}: expected the new name of a class, or null to leave it out.");
            names[old] = name is { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } ? null : name.Value;
        }

        return new ClassMap(names);
    }
}
