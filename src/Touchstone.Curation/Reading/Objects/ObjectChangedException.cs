namespace Touchstone.Curation.Reading.Objects;

/// <summary>An object is another one than when a run was planned.</summary>
/// <param name="message">Names the object.</param>
internal sealed class ObjectChangedException(string message) : IOException(message);
