using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Files.Storage;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary>The one form in which a release holds answers.</summary>
internal static class CanonicalAnswers
{
    /// <summary>Whether answers stand in canonical form.</summary>
    public static bool Are(AnswerSet answers, JsonElement written) => Bytes(answers).AsSpan().SequenceEqual(ReleaseJson.Line(written));

    /// <summary>SHA-256 of the answers as the files of a release hold them, lower-case hex.</summary>
    public static string DigestOf(AnswerSet answers) => FileDigest.Of(Bytes(answers));

    private static byte[] Bytes(AnswerSet answers) => ReleaseJson.Line(JsonElement.Parse(answers.ToJson()));
}
