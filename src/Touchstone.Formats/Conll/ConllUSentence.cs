using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Conll;

/// <summary>The lines of one sentence of CoNLL-U as they are read.</summary>
internal sealed class ConllUSentence(string file, FaultLog faults)
{
    private const int Columns = 10, Form = 1, Lemma = 2, Upos = 3, Xpos = 4, Feats = 5, Head = 6, Deprel = 7, Deps = 8, Misc = 9;
    private const string Nothing = "_", TextComment = "# text = ", NoSpaceAfter = "SpaceAfter=No";

    private static readonly (int Column, string Name)[] Attributes = [(Lemma, "lemma"), (Xpos, "xpos"), (Feats, "feats"), (Deps, "deps"), (Misc, "misc")];

    private readonly List<string> _comments = [];
    private readonly List<(int Number, string[] Columns, int Token, long Line)> _words = [];
    private readonly List<(string Form, bool HasSpace)> _tokens = [];
    private readonly List<string[]> _several = [];
    private readonly List<string[]> _empty = [];
    private int _lastOfToken;
    private long _first;
    private bool _isBroken;

    /// <summary>Whether the beginning of a file is of this format: its first word is numbered and has ten columns.</summary>
    public static bool LooksSo(string beginning)
    {
        foreach (var line in beginning.Split('\n'))
        {
            if (line.Length == 0 || line[0] is '#' or '\r') continue;
            var columns = line.Split('\t');
            return columns.Length == Columns && (columns[0] is "1" || columns[0].StartsWith("1-", StringComparison.Ordinal) || columns[0] == "0.1");
        }

        return false;
    }

    /// <summary>Takes a line. One that is none is told, and its sentence is left out: which word has which head would be a guess.</summary>
    public void Add(string line, long number)
    {
        if (_first == 0) _first = number;
        if (line[0] == '#')
        {
            _comments.Add(line);
            return;
        }

        var columns = line.Split('\t');
        if (columns.Length != Columns) Break(number, $"{Columns} columns apart by tabs were expected; {columns.Length} found");
        else if (columns[0].Contains('.', StringComparison.Ordinal)) _empty.Add(columns);
        else if (columns[0].IndexOf('-', StringComparison.Ordinal) is > 0 and var dash) AddToken(columns, dash, number);
        else AddWord(columns, number);
    }

    private void AddToken(string[] columns, int dash, long number)
    {
        if (Whole(columns[0][..dash]) is not { } from || Whole(columns[0][(dash + 1)..]) is not { } to || from != _words.Count + 1 || to < from || _lastOfToken > _words.Count)
        {
            Break(number, $"a range of the next words was expected, such as {_words.Count + 1}-{_words.Count + 2}; \"{Cut(columns[0])}\" found");
            return;
        }

        _lastOfToken = to;
        _several.Add([columns[0], columns[Form], columns[Misc]]);
        _tokens.Add((columns[Form], HasSpace(columns)));
    }

    private void AddWord(string[] columns, long number)
    {
        if (Whole(columns[0]) != _words.Count + 1)
        {
            Break(number, $"the word {_words.Count + 1} was expected; \"{Cut(columns[0])}\" found");
            return;
        }

        if (_words.Count + 1 > _lastOfToken) _tokens.Add((columns[Form], HasSpace(columns)));
        _words.Add((_words.Count + 1, columns, _tokens.Count - 1, number));
    }

    private static bool HasSpace(string[] columns) => !columns[Misc].Split('|').Contains(NoSpaceAfter, StringComparer.Ordinal);

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private void Break(long number, string message)
    {
        if (!_isBroken) faults.Add(file, $"line {number}", $"{message}; the sentence is left out.");
        _isBroken = true;
    }

    /// <summary>The sentence, and a new one begins; null where there is none.</summary>
    public Sample? Take()
    {
        var sample = _isBroken || _words.Count == 0 ? null : ToSample();
        _comments.Clear();
        _words.Clear();
        _tokens.Clear();
        _several.Clear();
        _empty.Clear();
        (_lastOfToken, _first, _isBroken) = (0, 0, false);
        return sample;
    }

    private Sample ToSample()
    {
        var (text, places) = Placed();
        var offsets = new TextOffsets(text);
        List<LabelledObject> objects = new(_words.Count);
        List<ObjectRelation> relations = [];
        foreach (var (number, columns, token, line) in _words)
        {
            var (from, to) = places[token];
            objects.Add(new LabelledObject(columns[Upos], new TextSpan(offsets.CodePointsAt(from) ?? 0, offsets.CodePointsAt(to) ?? 0)) { Id = columns[0], Attributes = AttributesOf(columns, _tokens[token].Form) });
            if (columns[Head] is Nothing or "0") continue;
            if (Whole(columns[Head]) is { } head && head <= _words.Count && head != number) relations.Add(new ObjectRelation(columns[Head], columns[0], columns[Deprel]));
            else faults.Add(file, $"line {line}", $"the number of another word of the sentence, or 0, was expected as HEAD; \"{Cut(columns[Head])}\" found.");
        }

        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        if (_comments.Count > 0) facts["conllu_comments"] = JsonFields.Of(_comments);
        if (_several.Count > 0) facts["conllu_multiword_tokens"] = JsonSerializer.SerializeToElement(_several);
        if (_empty.Count > 0) facts["conllu_empty_nodes"] = JsonSerializer.SerializeToElement(_empty);
        return new Sample { Name = "", Kind = InputKind.Text, Text = text, Facts = facts.Count == 0 ? Sample.Empty : facts, Opinions = [new Opinion { Objects = objects, Relations = relations }] };
    }

    private static Dictionary<string, JsonElement> AttributesOf(string[] columns, string token)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (columns[Form] != token) attributes["form"] = JsonFields.Of(columns[Form]);
        foreach (var (column, name) in Attributes)
            if (columns[column] != Nothing) attributes[name] = JsonFields.Of(columns[column]);
        // Of the root the name of its relation would be lost: there is no word that it depends on.
        if (columns[Head] == "0" && columns[Deprel] != Nothing) attributes["deprel"] = JsonFields.Of(columns[Deprel]);
        return attributes;
    }

    /// <summary>The text, and where in it each token begins and ends, UTF-16 units.</summary>
    private (string Text, List<(int From, int To)> Places) Placed()
    {
        if (_comments.Find(c => c.StartsWith(TextComment, StringComparison.Ordinal))?[TextComment.Length..] is { } stated)
        {
            if (Found(stated) is { } found) return (stated, found);
            faults.Add(file, $"line {_first}", "the words of the sentence do not follow each other in its \"# text\"; the text is made of its words.");
        }

        var text = new StringBuilder();
        List<(int, int)> places = new(_tokens.Count);
        for (var i = 0; i < _tokens.Count; i++)
        {
            places.Add((text.Length, text.Length + _tokens[i].Form.Length));
            text.Append(_tokens[i].Form);
            if (_tokens[i].HasSpace && i + 1 < _tokens.Count) text.Append(' ');
        }

        return (text.ToString(), places);
    }

    private List<(int From, int To)>? Found(string text)
    {
        List<(int, int)> places = new(_tokens.Count);
        var at = 0;
        foreach (var (form, _) in _tokens)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (!text.AsSpan(at).StartsWith(form, StringComparison.Ordinal)) return null;
            places.Add((at, at += form.Length));
        }

        return places;
    }

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
