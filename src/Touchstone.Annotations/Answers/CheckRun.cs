using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Answers;

/// <summary>One check under way: where it stands in the document, and what it has found. Allocates nothing until there is a fault.</summary>
internal struct CheckRun(Ontology ontology, JsonElement answers, InputExtent input, GeometryRegistry geometries)
{
    private const int MaxDepth = 12;

    private Steps _steps;
    private int _depth;
    private List<Fault>? _faults;
    private int _beyond;

    public readonly Ontology Ontology => ontology;

    public readonly JsonElement Answers => answers;

    public readonly InputExtent Input => input;

    public readonly GeometryRegistry Geometries => geometries;

    public readonly int Count => (_faults?.Count ?? 0) + _beyond;

    public void Enter(string member) => _steps[_depth++] = new Step(member, 0);

    public void Enter(int index) => _steps[_depth++] = new Step(null, index);

    public void Leave() => _depth--;

    public void Report(string expected, JsonElement found) => Report(expected, IsFull ? "" : JsonText.Describe(found));

    public void Report(string expected, string found)
    {
        if (IsFull)
        {
            _beyond++;
            return;
        }

        (_faults ??= []).Add(new Fault(Pointer(), expected, found));
    }

    /// <summary>Reports upon a member of where the run stands.</summary>
    public void ReportAt(string member, string expected, string found)
    {
        Enter(member);
        Report(expected, found);
        Leave();
    }

    public readonly IReadOnlyList<Fault> Faults()
    {
        if (_faults is null) return [];
        if (_beyond > 0) _faults.Add(new Fault("", $"at most {AnswerChecker.MaxFaults} faults to list", $"{_beyond} more"));
        return _faults;
    }

    /// <summary>Whether further faults are only counted.</summary>
    public readonly bool IsFull => _faults?.Count == AnswerChecker.MaxFaults;

    private readonly string Pointer()
    {
        var pointer = "";
        for (var i = 0; i < _depth; i++)
            pointer = _steps[i].Member is { } member ? JsonPointer.Append(pointer, member) : JsonPointer.Append(pointer, _steps[i].Index);
        return pointer;
    }

    private readonly record struct Step(string? Member, int Index);

    [InlineArray(MaxDepth)]
    private struct Steps
    {
        private Step _first;
    }
}
