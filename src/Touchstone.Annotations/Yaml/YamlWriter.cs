using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Touchstone.Annotations.Yaml;

/// <summary>Writes JSON as YAML for people: blocks, short lists of short values in one line, long texts as they are.</summary>
internal static class YamlWriter
{
    private const int MaxLineLength = 100;

    public static string Write(JsonElement root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024).WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Node(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Node(Emitter emitter, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var member in value.EnumerateObject())
                {
                    Text(emitter, member.Name);
                    Node(emitter, member.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, FitsOneLine(value) ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in value.EnumerateArray()) Node(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                Text(emitter, value.GetString()!);
                break;
            default:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value.GetRawText(), ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
                break;
        }
    }

    private static bool FitsOneLine(JsonElement list) =>
        list.EnumerateArray().All(item => item.ValueKind is not JsonValueKind.Object && (item.ValueKind != JsonValueKind.Array || FitsOneLine(item)))
        && list.GetRawText().Length <= MaxLineLength;

    private static void Text(Emitter emitter, string text) =>
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, StyleOf(text), isPlainImplicit: true, isQuotedImplicit: true));

    private static ScalarStyle StyleOf(string text)
    {
        if (YamlDocument.IsAmbiguous(text) || text.Any(c => char.IsControl(c) && c != '\n' || c is '\u2028' or '\u2029' or '\ufeff')) return ScalarStyle.DoubleQuoted;
        if (!text.Contains('\n', StringComparison.Ordinal)) return ScalarStyle.Any;

        // A literal block keeps neither a first line that begins with a space nor spaces at the ends of lines.
        var keeps = !char.IsWhiteSpace(text[0]) && !text.Contains(" \n", StringComparison.Ordinal) && !char.IsWhiteSpace(text.TrimEnd('\n') is { Length: > 0 } body ? body[^1] : ' ');
        return keeps ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;
    }
}
