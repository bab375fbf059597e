namespace Touchstone.Curation.Steps;

/// <summary>Marks a parameter that names a file, or files, which a step reads when it is made: what the file holds decides what the step does, so runs tell its content apart.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FileParameterAttribute : Attribute;
