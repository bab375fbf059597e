namespace Touchstone.Curation.Writing;

/// <summary>A file that writing goes on with is gone, or is shorter than it was when it was made safe.</summary>
/// <param name="message">The file, what was expected and what was found.</param>
/// <param name="inner">What failed; null where nothing did.</param>
internal sealed class PartDamagedException(string message, Exception? inner = null) : IOException(message, inner);
