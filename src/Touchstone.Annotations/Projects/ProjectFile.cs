namespace Touchstone.Annotations.Projects;

/// <summary>Reads and writes a project as one YAML document, as docs/reference/project-yaml.md describes it.</summary>
public static class ProjectFile
{
    /// <summary>Reads a project. Every fault names its line, column and JSON pointer.</summary>
    public static Parsed<ProjectDefinition> Parse(string yaml) => throw new NotImplementedException();

    /// <summary>Writes a project; reading it again gives the same definition, and writing that the same text.</summary>
    public static string Write(ProjectDefinition project) => throw new NotImplementedException();
}
