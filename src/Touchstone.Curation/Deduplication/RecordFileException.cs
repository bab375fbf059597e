namespace Touchstone.Curation.Deduplication;

/// <summary>A file of records is missing, cut short, changed, or of other parameters than those at hand. The message names file and place.</summary>
public sealed class RecordFileException(string message, Exception? inner = null) : IOException(message, inner);
