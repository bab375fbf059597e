namespace Touchstone.Annotations.Ontologies;

/// <summary>How large an ontology may be: far beyond what people can use, near enough that a hostile one costs little.</summary>
public static class OntologyLimits
{
    /// <summary>Questions of an ontology, and attributes of a class.</summary>
    public const int MaxQuestions = 200;

    /// <summary>Classes of a question.</summary>
    public const int MaxClasses = 1_000;

    /// <summary>Options of a choice, all levels together.</summary>
    public const int MaxOptions = 5_000;

    /// <summary>Options that one answer may choose.</summary>
    public const int MaxSelected = 1_000;

    /// <summary>Levels of a taxonomy.</summary>
    public const int MaxLevels = 8;

    /// <summary>Points of a keypoints class.</summary>
    public const int MaxKeypoints = 500;

    /// <summary>Characters of an id.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Characters of a title.</summary>
    public const int MaxTitleLength = 200;

    /// <summary>Characters of a help text or of instructions.</summary>
    public const int MaxHelpLength = 100_000;

    /// <summary>Characters of a regular expression.</summary>
    public const int MaxPatternLength = 1_000;
}
