using System.Text.Encodings.Web;
using System.Text.Json;

namespace Touchstone.Curation.Reading;

/// <summary>How this room writes JSON: text as it is, not as escapes.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
