using System.Collections;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Kinds;

/// <summary>One row for each kind of question: how one thing (checking, reading, comparing ...) is done for it.</summary>
/// <remarks>A test finds every registry by reflection and fails until each has a row for each kind.</remarks>
internal sealed class KindRegistry<T> : IEnumerable<KeyValuePair<QuestionKind, T>> where T : class
{
    private readonly T?[] _rows = new T?[Enum.GetValues<QuestionKind>().Length];

    public T this[QuestionKind kind] => _rows[(int)kind] ?? throw new InvalidOperationException($"No row for questions of kind {kind}.");

    public void Add(QuestionKind kind, T row) => _rows[(int)kind] = row;

    public IEnumerator<KeyValuePair<QuestionKind, T>> GetEnumerator()
    {
        for (var i = 0; i < _rows.Length; i++)
            if (_rows[i] is { } row) yield return new((QuestionKind)i, row);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
