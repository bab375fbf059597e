namespace Touchstone.Quality.Matching;

/// <summary>For each shape of one answer the few best of another answer's shapes; equal ones are told apart by their indices.</summary>
/// <param name="shapes">Number of shapes.</param>
/// <param name="most">Most that are kept for each.</param>
internal sealed class FewBest(int shapes, int most)
{
    private readonly double[] _ranks = new double[shapes * most];
    private readonly int[] _others = new int[shapes * most];
    private readonly int[] _counts = new int[shapes];
    private readonly int[] _worst = new int[shapes]; // place of the worst one, once all places are taken

    /// <summary>Takes another shape in if it is among the best so far.</summary>
    public void Offer(int shape, double rank, int other)
    {
        var place = shape * most + _counts[shape];
        if (_counts[shape] < most)
        {
            _counts[shape]++;
        }
        else
        {
            place = _worst[shape];
            if (!IsBetter(rank, other, place)) return;
        }

        (_ranks[place], _others[place]) = (rank, other);
        if (_counts[shape] == most) _worst[shape] = FindWorst(shape);
    }

    /// <summary>Every pair that is among the best of either of its shapes, once.</summary>
    public static IEnumerable<ShapePair> Union(FewBest ofFirst, FewBest ofSecond)
    {
        for (var first = 0; first < ofFirst._counts.Length; first++)
            for (var place = ofFirst.Start(first); place < ofFirst.End(first); place++)
                yield return new ShapePair(first, ofFirst._others[place], ofFirst._ranks[place]);
        for (var second = 0; second < ofSecond._counts.Length; second++)
            for (var place = ofSecond.Start(second); place < ofSecond.End(second); place++)
                if (!ofFirst.Has(ofSecond._others[place], second))
                    yield return new ShapePair(ofSecond._others[place], second, ofSecond._ranks[place]);
    }

    private bool Has(int shape, int other) => _others.AsSpan(Start(shape), _counts[shape]).Contains(other);

    private int Start(int shape) => shape * most;

    private int End(int shape) => shape * most + _counts[shape];

    private bool IsBetter(double rank, int other, int place) => rank > _ranks[place] || (rank == _ranks[place] && other < _others[place]);

    private int FindWorst(int shape)
    {
        var worst = Start(shape);
        for (var place = worst + 1; place < End(shape); place++)
            if (IsBetter(_ranks[worst], _others[worst], place)) worst = place;
        return worst;
    }
}
