using Touchstone.Annotations.Projects;

namespace Touchstone.Demo.Scenes;

/// <summary>The project of the demo, as <c>samples/demo.project.yaml</c> defines it; the file is enclosed in the program.</summary>
internal static class DemoOntology
{
    public const string Objects = "objects", TimeOfDay = "time_of_day";

    private const string Resource = "demo.project.yaml";

    /// <summary>The file's text.</summary>
    public static string Yaml { get; } = Load();

    /// <summary>The project that it defines.</summary>
    public static ProjectDefinition Project { get; } = ProjectFile.Parse(Yaml).ValueOrThrow();

    private static string Load()
    {
        using var stream = typeof(DemoOntology).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program was built without {Resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
