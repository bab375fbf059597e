using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Touchstone.Curation.Pipelines;

/// <summary>A part of a pipeline file with its place, for messages.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal abstract record YamlNode(string File, long Line, long Column)
{
    /// <summary>In a word or two, for messages.</summary>
    public abstract string Shown { get; }

    public PipelineException Fault(string fault) => new(File, Line, Column, fault);
}

/// <summary>A text or a number.</summary>
internal sealed record YamlScalar(string File, long Line, long Column, string Value, bool IsPlain) : YamlNode(File, Line, Column)
{
    /// <summary>True where nothing stands, or <c>null</c>.</summary>
    public bool IsNull => IsPlain && Value is "" or "null" or "~";

    public override string Shown => IsNull ? "nothing" : $"\"{(Value.Length <= 100 ? Value : Value[..100] + "...")}\"";
}

/// <summary>A list.</summary>
internal sealed record YamlList(string File, long Line, long Column, IReadOnlyList<YamlNode> Items) : YamlNode(File, Line, Column)
{
    public override string Shown => "a list";
}

/// <summary>Keys with values, in the file's order.</summary>
internal sealed record YamlMap(string File, long Line, long Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Members) : YamlNode(File, Line, Column)
{
    public override string Shown => Members.Count == 0 ? "an empty mapping" : $"a mapping with {string.Join(", ", Members.Take(5).Select(m => m.Key.Value))}";

    public YamlNode? Find(string key)
    {
        foreach (var (name, value) in Members)
            if (name.Value == key) return value;
        return null;
    }

    /// <summary>Refuses keys that nobody knows, and says which there are.</summary>
    public void Allow(string what, IReadOnlyCollection<string> keys)
    {
        foreach (var (key, _) in Members)
            if (!keys.Contains(key.Value)) throw key.Fault($"{what} has no \"{key.Value}\"; it has {(keys.Count == 0 ? "no parameters" : string.Join(", ", keys))}");
    }
}

/// <summary>Reads YAML into nodes that know their places.</summary>
/// <remarks>Aliases, tags and several documents are refused: a pipeline needs none of them, and a small file with aliases can grow without bound.</remarks>
internal sealed class YamlReader
{
    private const int LengthMax = 1 << 20;
    private const int DepthMax = 20;
    private readonly string _file;
    private readonly Parser _parser;

    private YamlReader(string file, string yaml) => (_file, _parser) = (file, new Parser(new StringReader(yaml)));

    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="yaml">Its content.</param>
    /// <exception cref="PipelineException">It is no YAML, or has what a pipeline has not.</exception>
    public static YamlNode Read(string file, string yaml)
    {
        if (yaml.Length > LengthMax) throw new PipelineException(file, 1, 1, $"expected at most {LengthMax} characters, found {yaml.Length}");
        try
        {
            return new YamlReader(file, yaml).Document();
        }
        catch (YamlException broken)
        {
            throw new PipelineException(file, Math.Max(1, broken.Start.Line), Math.Max(1, broken.Start.Column), $"this is no YAML that can be read: {broken.Message}", broken);
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException)
        {
            // The scanner lets a few of its own mistakes out.
            throw new PipelineException(file, 1, 1, $"this is no YAML that can be read: {broken.Message}", broken);
        }
    }

    private YamlNode Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _)) throw new PipelineException(_file, 1, 1, "expected a pipeline, found an empty file");
        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second)) throw Fault(second, "expected one pipeline, found another one");
        return root;
    }

    private YamlNode Node(int depth)
    {
        if (_parser.Accept<AnchorAlias>(out var alias)) throw Fault(alias, $"expected a value, found the alias *{alias.Value}");
        if (!_parser.Accept<NodeEvent>(out var node)) throw Fault(_parser.Current!, "expected a value");
        if (depth > DepthMax) throw Fault(node, $"expected at most {DepthMax} levels, found more");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific) throw Fault(node, $"expected a value without a tag, found {node.Tag.Value}");
        if (!node.Anchor.IsEmpty) throw Fault(node, $"expected a value without an anchor, found &{node.Anchor.Value}");
        var (line, column) = (node.Start.Line, node.Start.Column);
        if (_parser.TryConsume<MappingStart>(out _)) return new YamlMap(_file, line, column, Members(depth));
        if (_parser.TryConsume<SequenceStart>(out _)) return new YamlList(_file, line, column, Items(depth));
        var scalar = _parser.Consume<Scalar>();
        return new YamlScalar(_file, line, column, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private List<(YamlScalar, YamlNode)> Members(int depth)
    {
        var members = new List<(YamlScalar Key, YamlNode)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlScalar key) throw Fault(_parser.Current!, "expected a text as a key");
            if (members.Exists(m => m.Key.Value == key.Value)) throw key.Fault($"expected every key once, found {key.Shown} twice");
            members.Add((key, Node(depth + 1)));
        }

        return members;
    }

    private List<YamlNode> Items(int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
        return items;
    }

    private PipelineException Fault(ParsingEvent at, string fault) => new(_file, Math.Max(1, at.Start.Line), Math.Max(1, at.Start.Column), fault);
}
