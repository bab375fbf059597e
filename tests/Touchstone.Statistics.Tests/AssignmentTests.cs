using FsCheck;
using FsCheck.Fluent;

namespace Touchstone.Statistics.Tests;

public sealed class AssignmentTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Minimise_finds_what_trying_every_assignment_finds() => Prop.ForAll(Seeds, seed =>
    {
        var (matrix, rows, columns) = RandomMatrix(seed);
        var chosen = new int[rows];
        var total = Assignment.Minimise(matrix, rows, columns, chosen);
        AssertIsAssignment(chosen, rows, columns);
        Assert.Equal(Best(matrix, rows, columns), total, 9);
        Assert.Equal(total, Enumerable.Range(0, rows).Where(r => chosen[r] >= 0).Sum(r => matrix[r * columns + chosen[r]]), 9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Maximise_is_minimise_of_the_negated_matrix() => Prop.ForAll(Seeds, seed =>
    {
        var (matrix, rows, columns) = RandomMatrix(seed);
        var chosen = new int[rows];
        var total = Assignment.Maximise(matrix, rows, columns, chosen);
        Assert.Equal(-Best([.. matrix.Select(x => -x)], rows, columns), total, 9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void MaximiseAbove_uses_no_pair_below_the_threshold_and_gains_the_most() => Prop.ForAll(Seeds, seed =>
    {
        var (matrix, rows, columns) = RandomMatrix(seed);
        for (var i = 0; i < matrix.Length; i++) matrix[i] = Math.Abs(matrix[i]) / 10;
        var chosen = new int[rows];
        var total = Assignment.MaximiseAbove(matrix, rows, columns, 0.5, chosen);
        Assert.All(Enumerable.Range(0, rows).Where(r => chosen[r] >= 0), r => Assert.True(matrix[r * columns + chosen[r]] >= 0.5));
        Assert.Equal(-Best([.. matrix.Select(x => x >= 0.5 ? -x : 0)], rows, columns), total, 9);
        var used = chosen.Where(c => c >= 0).ToArray();
        Assert.Equal(used.Length, used.Distinct().Count());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_large_sparse_group_is_worth_what_its_matrix_is_worth()
    {
        for (var seed = 0; seed < 12; seed++) CompareWithItsMatrix(seed);
    }

    private static void CompareWithItsMatrix(int seed)
    {
        var random = new SeededRandom(seed);
        var (rows, columns) = (random.NextInt(260, 290), random.NextInt(265, 290));
        var matrix = new double[rows * columns];
        List<WeightedPair> pairs = [];
        for (var r = 0; r < rows; r++)
        {
            // The column of its own number and the next one tie each row to the row after it.
            foreach (var c in new[] { r % columns, (r + 1) % columns, random.NextInt(0, columns), random.NextInt(0, columns) }.Distinct())
                pairs.Add(new WeightedPair(r, c, matrix[r * columns + c] = 0.01 + random.NextInt(0, 50) / 50.0));
        }

        var (dense, sparse) = (new int[rows], new int[rows]);
        var total = SparseAssignment.Maximise(pairs, rows, columns, sparse);
        Assert.Equal(Assignment.Maximise(matrix, rows, columns, dense), total, 9);
        Assert.Equal(total, Enumerable.Range(0, rows).Where(r => sparse[r] >= 0).Sum(r => matrix[r * columns + sparse[r]]), 9);
        Assert.All(Enumerable.Range(0, rows).Where(r => sparse[r] >= 0), r => Assert.True(matrix[r * columns + sparse[r]] > 0));
        AssertIsAssignmentWithGaps(sparse);
    }

    private static void AssertIsAssignmentWithGaps(int[] chosen)
    {
        var used = chosen.Where(c => c >= 0).ToArray();
        Assert.Equal(used.Length, used.Distinct().Count());
    }

    [Fact]
    public void A_large_assignment_agrees_with_its_transpose()
    {
        var random = new SeededRandom(3);
        const int rows = 120, columns = 170;
        var matrix = new double[rows * columns];
        var transposed = new double[rows * columns];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) matrix[r * columns + c] = transposed[c * rows + r] = random.NextDouble();
        var chosen = new int[rows];
        var chosenTransposed = new int[columns];
        Assert.Equal(Assignment.Minimise(matrix, rows, columns, chosen), Assignment.Minimise(transposed, columns, rows, chosenTransposed), 9);
        AssertIsAssignment(chosen, rows, columns);
        AssertIsAssignment(chosenTransposed, columns, rows);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 3)]
    public void An_empty_matrix_leaves_every_row_alone(int rows, int columns)
    {
        var chosen = new int[rows];
        Assert.Equal(0, Assignment.Minimise([], rows, columns, chosen));
        Assert.All(chosen, c => Assert.Equal(-1, c));
    }

    [Fact]
    public void A_matrix_of_the_wrong_size_is_refused_with_both_sizes()
    {
        var fault = Assert.Throws<ArgumentException>(() => Assignment.Minimise(new double[5], 2, 3, new int[2]));
        Assert.Contains("6 numbers, not 5", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Assignment.Minimise([double.NaN, double.NaN], 1, 2, new int[1]));
    }

    private static (double[] Matrix, int Rows, int Columns) RandomMatrix(int seed)
    {
        var random = new SeededRandom(seed);
        var (rows, columns) = (random.NextInt(1, 7), random.NextInt(1, 7));
        // Small whole numbers now and then, so that ties occur.
        var isCoarse = random.NextBool();
        return ([.. Enumerable.Range(0, rows * columns).Select(_ => isCoarse ? random.NextInt(-3, 10) : random.NextDouble(-10, 10))], rows, columns);
    }

    private static double Best(double[] matrix, int rows, int columns)
    {
        var best = double.PositiveInfinity;
        var isUsed = new bool[columns];
        void Try(int row, int assigned, double total)
        {
            if (row == rows)
            {
                if (assigned == Math.Min(rows, columns)) best = Math.Min(best, total);
                return;
            }

            Try(row + 1, assigned, total);
            for (var c = 0; c < columns; c++)
            {
                if (isUsed[c]) continue;
                isUsed[c] = true;
                Try(row + 1, assigned + 1, total + matrix[row * columns + c]);
                isUsed[c] = false;
            }
        }

        Try(0, 0, 0);
        return best;
    }

    private static void AssertIsAssignment(int[] chosen, int rows, int columns)
    {
        var used = chosen.Where(c => c >= 0).ToArray();
        Assert.Equal(Math.Min(rows, columns), used.Length);
        Assert.Equal(used.Length, used.Distinct().Count());
        Assert.All(used, c => Assert.InRange(c, 0, columns - 1));
    }
}
