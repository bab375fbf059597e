using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Statistics;

namespace Touchstone.Quality.Matching;

/// <summary>One shape among several answers.</summary>
/// <param name="Answer">Index of the answer.</param>
/// <param name="Shape">Index of the shape in it.</param>
public readonly record struct ShapeReference(int Answer, int Shape);

/// <summary>
/// Gathers the shapes of several answers to one image into objects, so that each answer has at most one shape in an object. Geometry alone decides.
/// </summary>
/// <remarks>
/// Answers are taken one after another, the one most like all others first; each one's shapes are assigned optimally to the objects found so far by their mean
/// similarity to the object's shapes; what reaches no object begins a new one. Then every answer is taken out and assigned anew until nothing changes: an object
/// that began with a poor shape mends, at most 20 times. The order of the answers in the list does not matter; ties are told apart by the answers' keys.
/// Cost is bounded: a shape picks at most 64 shapes of each other answer to be compared with, by their bounds, and keeps the 16 most similar as partners, so that
/// memory grows with the number of shapes and not with its square. Where no shape has more than 16 partners in another answer, nothing is left out.
/// </remarks>
public static class ObjectClustering
{
    /// <summary>Least mean similarity of a shape to an object's other shapes. Two boxes that each overlap the truth by 0.65 overlap each other by about 0.45.</summary>
    public const double DefaultThreshold = 0.4;

    private const int MaxPasses = 20;

    /// <summary>Gathers shapes into objects.</summary>
    /// <param name="question">The question that all lists answer.</param>
    /// <param name="answers">The shapes of each answer.</param>
    /// <param name="keys">A distinct key of each answer, such as its response's id.</param>
    /// <param name="threshold">Least mean similarity, in (0, 1].</param>
    /// <returns>Objects, each with its shapes in the keys' order; the objects in the order of their first shape.</returns>
    public static IReadOnlyList<IReadOnlyList<ShapeReference>> Cluster(
        ShapesQuestion question, IReadOnlyList<IReadOnlyList<Shape>> answers, IReadOnlyList<string> keys, double threshold = DefaultThreshold)
    {
        if (answers.Count != keys.Count) throw new ArgumentException($"There are {answers.Count} answers but {keys.Count} keys.", nameof(keys));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        var byKey = Enumerable.Range(0, answers.Count).OrderBy(a => keys[a], StringComparer.Ordinal).ToArray();
        var run = new Run(question, answers, byKey, threshold);
        run.Place();
        return run.Objects();
    }

    private sealed class Run
    {
        private readonly ShapeReference[] _shapes; // answers in the keys' order, shapes in the canonical one
        private readonly int[] _start; // shapes of answer a are those from _start[a] to _start[a + 1]
        private readonly List<(int Other, double Similarity)>[] _near;
        private readonly int[] _objectOf;
        private readonly List<int> _sizes = [];
        private readonly double _threshold;

        public Run(ShapesQuestion question, IReadOnlyList<IReadOnlyList<Shape>> answers, int[] byKey, double threshold)
        {
            _threshold = threshold;
            _start = new int[byKey.Length + 1];
            List<ShapeReference> shapes = [];
            for (var a = 0; a < byKey.Length; a++)
            {
                shapes.AddRange(InCanonicalOrder(answers[byKey[a]]).Select(s => new ShapeReference(byKey[a], s)));
                _start[a + 1] = shapes.Count;
            }

            _shapes = [.. shapes];
            _objectOf = new int[_shapes.Length];
            Array.Fill(_objectOf, -1);
            _near = FindNear(question, answers);
        }

        public void Place()
        {
            var order = Enumerable.Range(0, _start.Length - 1).OrderByDescending(Likeness).ThenBy(a => a).ToArray();
            foreach (var answer in order) Assign(answer);
            for (var pass = 0; pass < MaxPasses; pass++)
            {
                var isChanged = false;
                foreach (var answer in order)
                {
                    var before = _objectOf[_start[answer].._start[answer + 1]];
                    var alone = before.Select(o => _sizes[o] == 1).ToArray();
                    Remove(answer);
                    Assign(answer);
                    // A shape that was alone and is alone again got a new number, which is no change.
                    for (var i = 0; i < before.Length; i++)
                    {
                        var now = _objectOf[_start[answer] + i];
                        isChanged |= now != before[i] && !(alone[i] && _sizes[now] == 1);
                    }
                }

                if (!isChanged) return;
            }
        }

        public IReadOnlyList<IReadOnlyList<ShapeReference>> Objects() =>
            [.. Enumerable.Range(0, _shapes.Length).GroupBy(i => _objectOf[i]).Select(g => (IReadOnlyList<ShapeReference>)[.. g.Select(i => _shapes[i])])];

        private double Likeness(int answer)
        {
            double total = 0;
            for (var i = _start[answer]; i < _start[answer + 1]; i++)
                foreach (var (_, similarity) in _near[i]) total += similarity;
            return Math.Round(total, 9); // so that the order in which the sum was made does not decide
        }

        private void Assign(int answer)
        {
            var (from, count) = (_start[answer], _start[answer + 1] - _start[answer]);
            List<WeightedPair> pairs = [];
            var totals = new Dictionary<int, double>();
            for (var i = 0; i < count; i++)
            {
                totals.Clear();
                foreach (var (other, similarity) in _near[from + i])
                    if (_objectOf[other] >= 0) totals[_objectOf[other]] = totals.GetValueOrDefault(_objectOf[other]) + similarity;
                foreach (var (target, total) in totals)
                    if (total / _sizes[target] >= _threshold) pairs.Add(new WeightedPair(i, target, total / _sizes[target]));
            }

            var chosen = new int[count];
            SparseAssignment.Maximise(pairs, count, _sizes.Count, chosen);
            for (var i = 0; i < count; i++)
            {
                if (chosen[i] < 0)
                {
                    chosen[i] = _sizes.Count;
                    _sizes.Add(0);
                }

                _objectOf[from + i] = chosen[i];
                _sizes[chosen[i]]++;
            }
        }

        private void Remove(int answer)
        {
            for (var i = _start[answer]; i < _start[answer + 1]; i++)
            {
                _sizes[_objectOf[i]]--;
                _objectOf[i] = -1;
            }
        }

        /// <summary>For each shape the near shapes of other answers, in their order; see <see cref="NearShapes"/> for how many at most.</summary>
        private List<(int Other, double Similarity)>[] FindNear(ShapesQuestion question, IReadOnlyList<IReadOnlyList<Shape>> answers)
        {
            var near = Array.ConvertAll(_shapes, _ => new List<(int Other, double Similarity)>());
            var swept = new SweptShapes[_start.Length - 1];
            for (var a = 0; a < swept.Length; a++)
                swept[a] = new SweptShapes([.. _shapes[_start[a].._start[a + 1]].Select(s => answers[s.Answer][s.Shape])]);
            for (var a = 0; a < swept.Length; a++)
            {
                for (var b = a + 1; b < swept.Length; b++)
                {
                    foreach (var (first, second, similarity) in NearShapes.Between(question, swept[a], swept[b]).Pairs)
                    {
                        near[_start[a] + first].Add((_start[b] + second, similarity));
                        near[_start[b] + second].Add((_start[a] + first, similarity));
                    }
                }
            }

            // One order whatever the sweep's was, since sums are made in it.
            foreach (var list in near) list.Sort((x, y) => x.Other.CompareTo(y.Other));
            return near;
        }

        private static IEnumerable<int> InCanonicalOrder(IReadOnlyList<Shape> shapes) =>
            Enumerable.Range(0, shapes.Count).Select(s => (Index: s, shapes[s].Geometry.Bounds)).OrderBy(s => s.Bounds.Y).ThenBy(s => s.Bounds.X)
                .ThenBy(s => s.Bounds.Height).ThenBy(s => s.Bounds.Width).ThenBy(s => shapes[s.Index].Id, StringComparer.Ordinal).Select(s => s.Index);
    }
}
