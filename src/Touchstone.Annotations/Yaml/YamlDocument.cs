using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Touchstone.Annotations.Yaml;

/// <summary>One YAML document as JSON, with the line and column of everything in it.</summary>
/// <remarks>
/// Scalars mean what YAML 1.2's core schema says (so <c>off</c>, <c>no</c> and <c>yes</c> are text). Aliases, tags and several documents are
/// refused: a project file needs none of them, and a small file with aliases can grow without bound.
/// </remarks>
internal sealed partial class YamlDocument
{
    private const int MaxLength = 10_000_000;
    private const int MaxDepth = 40;

    private readonly Dictionary<string, (int Line, int Column)> _places;

    private YamlDocument(JsonElement root, Dictionary<string, (int, int)> places) => (Root, _places) = (root, places);

    /// <summary>The document.</summary>
    public JsonElement Root { get; }

    /// <summary>Reads a document; its only fault, if any, has its line and column.</summary>
    public static Parsed<YamlDocument> Parse(string yaml)
    {
        if (yaml.Length > MaxLength) return Failed(new Refusal("", $"at most {MaxLength} characters", $"{yaml.Length}", Mark.Empty));
        var places = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using (var writer = new Utf8JsonWriter(buffer)) new Converter(new Parser(new StringReader(yaml)), writer, places).Document();
        }
        catch (Refusal refusal)
        {
            return Failed(refusal);
        }
        catch (YamlException error)
        {
            return Failed(new Refusal("", "YAML", error.Message, error.Start));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
        {
            // YamlDotNet's scanner lets a few of its own mistakes out, and texts may hold halves of surrogate pairs.
            return Failed(new Refusal("", "YAML of well-formed Unicode", error.Message, Mark.Empty));
        }

        return new Parsed<YamlDocument>(new YamlDocument(JsonElement.Parse(buffer.WrittenSpan), places), []);
    }

    /// <summary>The fault with the line and column of what it points to, or of what holds that.</summary>
    public Fault Locate(Fault fault)
    {
        for (var pointer = fault.Pointer; pointer is not null; pointer = JsonPointer.Parent(pointer))
            if (_places.TryGetValue(pointer, out var place)) return fault with { Line = place.Line, Column = place.Column };
        return fault with { Line = 1, Column = 1 };
    }

    private static Parsed<YamlDocument> Failed(Refusal refusal) => new(null,
    [
        new Fault(refusal.Pointer, refusal.Expected, refusal.Found) { Line = (int)Math.Max(1, refusal.Mark.Line), Column = (int)Math.Max(1, refusal.Mark.Column) },
    ]);

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex Whole { get; }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Real { get; }

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|0x[0-9a-fA-F]+|0o[0-7]+)$")]
    private static partial Regex Refused { get; }

    /// <summary>Whether a plain scalar would be read as something other than text, here or by a reader of YAML 1.1.</summary>
    public static bool IsAmbiguous(string text) =>
        text.Length == 0 || Whole.IsMatch(text) || Real.IsMatch(text) || Refused.IsMatch(text)
        || text.ToLowerInvariant() is "null" or "~" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "<<" or "=";

    private sealed class Refusal(string pointer, string expected, string found, Mark mark) : Exception
    {
        public string Pointer => pointer;

        public string Expected => expected;

        public string Found => found;

        public Mark Mark => mark;
    }

    private sealed class Converter(Parser parser, Utf8JsonWriter writer, Dictionary<string, (int, int)> places)
    {
        public void Document()
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _)) throw new Refusal("", "a YAML document", "nothing", Mark.Empty);
            parser.Consume<DocumentStart>();
            Node("", 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _)) throw new Refusal("", "one document", "another one", parser.Current!.Start);
        }

        private void Node(string pointer, int depth)
        {
            if (parser.Accept<AnchorAlias>(out var alias)) throw new Refusal(pointer, "a value", $"the alias *{alias.Value}", alias.Start);
            if (!parser.Accept<NodeEvent>(out var node)) throw new Refusal(pointer, "a value", "nothing", parser.Current?.Start ?? Mark.Empty);
            if (depth > MaxDepth) throw new Refusal(pointer, $"at most {MaxDepth} levels", "more", node.Start);
            if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific) throw new Refusal(pointer, "a value without a tag", node.Tag.Value, node.Start);
            places.TryAdd(pointer, ((int)node.Start.Line, (int)node.Start.Column));
            switch (node)
            {
                case MappingStart:
                    Mapping(pointer, depth);
                    break;
                case SequenceStart:
                    Sequence(pointer, depth);
                    break;
                default:
                    Scalar(parser.Consume<Scalar>(), pointer);
                    break;
            }
        }

        private void Mapping(string pointer, int depth)
        {
            parser.Consume<MappingStart>();
            writer.WriteStartObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var key)) throw new Refusal(pointer, "a text as a key", "something else", parser.Current!.Start);
                var member = JsonPointer.Append(pointer, key.Value);
                if (!places.TryAdd(member, ((int)key.Start.Line, (int)key.Start.Column)))
                    throw new Refusal(member, "each key once", "it a second time", key.Start);
                writer.WritePropertyName(key.Value);
                Node(member, depth + 1);
            }

            writer.WriteEndObject();
        }

        private void Sequence(string pointer, int depth)
        {
            parser.Consume<SequenceStart>();
            writer.WriteStartArray();
            for (var i = 0; !parser.TryConsume<SequenceEnd>(out _); i++) Node(JsonPointer.Append(pointer, i), depth + 1);
            writer.WriteEndArray();
        }

        private void Scalar(Scalar scalar, string pointer)
        {
            var text = scalar.Value;
            if (scalar.Style != ScalarStyle.Plain) writer.WriteStringValue(text);
            else if (text is "" or "~" or "null" or "Null" or "NULL") writer.WriteNullValue();
            else if (text is "true" or "True" or "TRUE") writer.WriteBooleanValue(true);
            else if (text is "false" or "False" or "FALSE") writer.WriteBooleanValue(false);
            else if (Whole.IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) writer.WriteNumberValue(whole);
            else if (Real.IsMatch(text)) Number(double.Parse(text, CultureInfo.InvariantCulture), scalar, pointer);
            else if (Refused.IsMatch(text)) throw new Refusal(pointer, "a finite decimal number, or a text in quotes", text, scalar.Start);
            else writer.WriteStringValue(text);
        }

        private void Number(double number, Scalar scalar, string pointer)
        {
            if (!double.IsFinite(number)) throw new Refusal(pointer, "a finite number", scalar.Value, scalar.Start);
            writer.WriteNumberValue(number);
        }
    }
}
