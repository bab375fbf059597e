using System.Collections.Concurrent;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Yaml;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Ontologies that are shipped with the product. A project includes them by name, several together.</summary>
public static class OntologyPacks
{
    private const string Folder = "packs/";
    private const string Extension = ".yaml";
    private static readonly ConcurrentDictionary<string, Ontology> Loaded = new(StringComparer.Ordinal);

    /// <summary>Names of the packs, such as <c>driving/vehicles</c>, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(OntologyPacks).Assembly.GetManifestResourceNames()
            .Select(resource => resource.Replace('\\', '/'))
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal) && resource.EndsWith(Extension, StringComparison.Ordinal))
            .Select(resource => resource[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The pack with this name. Its classes stand in one shapes question, <c>objects</c>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Ontology Load(string name) => Loaded.GetOrAdd(name, Read);

    /// <summary>Joins packs to one ontology: their classes stand together in <c>objects</c>, with keys and colours that differ.</summary>
    /// <param name="names">Names of packs, each once.</param>
    /// <exception cref="ArgumentException">A name is unknown or there twice, or two packs have a class in common.</exception>
    public static Ontology Merge(IReadOnlyList<string> names)
    {
        var merged = OntologyMerge.Merge(names, [], "");
        return merged.Value ?? throw new ArgumentException(string.Join("; ", merged.Faults), nameof(names));
    }

    private static Ontology Read(string name)
    {
        using var stream = typeof(OntologyPacks).Assembly.GetManifestResourceNames()
            .Where(resource => resource.Replace('\\', '/') == $"{Folder}{name}{Extension}")
            .Select(resource => typeof(OntologyPacks).Assembly.GetManifestResourceStream(resource))
            .SingleOrDefault() ?? throw new ArgumentException($"There is no ontology pack \"{name}\"; there are {string.Join(", ", Names)}.", nameof(name));
        using var text = new StreamReader(stream);
        var document = YamlDocument.Parse(text.ReadToEnd()).ValueOrThrow();
        var faults = new FaultList();
        var questions = new OntologyReader(faults, GeometryRegistry.Shipped).ReadQuestions(new ObjectReader(document.Root, "", OntologyForms.Ontology, faults));
        return faults.IsEmpty
            ? new Ontology(questions)
            : throw new InvalidOperationException($"The ontology pack {name} is broken: {string.Join("; ", faults.ToList().Select(document.Locate))}");
    }
}
