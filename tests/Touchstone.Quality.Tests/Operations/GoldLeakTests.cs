using Touchstone.Quality.Operations;

namespace Touchstone.Quality.Tests.Operations;

public sealed class GoldLeakTests
{
    private static IReadOnlyList<GoldAnswer> Item(Random random, int answers, double ease, int leaksFrom = int.MaxValue, bool fast = false) =>
        [.. Enumerable.Range(0, answers).Select(i =>
        {
            var skill = 0.5 + 0.4 * random.NextDouble();
            var odds = skill / (1 - skill) * ease;
            var leaked = i >= leaksFrom;
            var isRight = (leaked && !fast) || random.NextDouble() < odds / (1 + odds);
            return new GoldAnswer(isRight, skill, (random.NextDouble() + random.NextDouble() - 1) * 0.6 - (leaked && fast && isRight ? 1.5 : 0), null);
        })];

    /// <summary>Easy and hard tasks are no suspects: a task is compared with itself.</summary>
    [Fact]
    public void Honest_pools_are_hardly_ever_suspected()
    {
        var random = new Random(3);
        var pools = 200;
        var alarms = Enumerable.Range(0, pools).Count(_ => GoldLeak.Check(
            [.. Enumerable.Range(0, 25).Select(_ => Item(random, random.Next(5, 50), Math.Exp(random.NextDouble() * 4 - 2)))]).Any(r => r.IsSuspected));
        Assert.InRange(alarms, 0, pools * 5 / 100 + 6);   // at most one pool in twenty, with three deviations of room
    }

    [Fact]
    public void An_answer_that_got_about_is_found()
    {
        var random = new Random(4);
        var (right, fast) = (0, 0);
        for (var i = 0; i < 50; i++)
        {
            var pool = Enumerable.Range(0, 20).Select(_ => Item(random, 40, 0.7)).ToList();
            pool[3] = Item(random, 40, 0.25, leaksFrom: 20);
            pool[7] = Item(random, 40, 1, leaksFrom: 20, fast: true);
            var found = GoldLeak.Check(pool);
            if (found[3].Sign == GoldLeakSign.SuddenlyRight) right++;
            if (found[7].Sign == GoldLeakSign.SuddenlyFast) fast++;
        }

        Assert.InRange(right, 40, 50);
        Assert.InRange(fast, 40, 50);
    }

    [Fact]
    public void Copied_shapes_are_found_and_a_choice_among_few_is_not()
    {
        static IReadOnlyList<GoldAnswer> With(Func<int, string?> print) => [.. Enumerable.Range(0, 12).Select(i => new GoldAnswer(true, 0.8, null, print(i)))];
        var pool = Enumerable.Range(0, 10).Select(item => With(i => $"{item}-{i}")).ToList();
        pool.Add(With(i => i < 4 ? $"own-{i}" : "copied"));
        pool.Add(With(_ => null));
        var found = GoldLeak.Check(pool);
        Assert.Equal(GoldLeakSign.Identical, found[10].Sign);
        Assert.All(found.Where((_, i) => i != 10), r => Assert.False(r.IsSuspected));
    }

    [Fact]
    public void Too_few_answers_say_nothing_and_nothing_is_said_of_an_empty_pool()
    {
        var few = Enumerable.Range(0, GoldLeak.LeastAnswers - 1).Select(i => new GoldAnswer(i > 3, 0.5, i > 3 ? -5 : 0, "same")).ToList();
        Assert.Equal(new GoldLeakResult(1, 1, GoldLeakSign.None), GoldLeak.Check([few])[0]);
        Assert.Empty(GoldLeak.Check([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GoldLeak.Check([], 0));
    }

    /// <summary>With equal skills the tail is Fisher's exact one.</summary>
    [Fact]
    public void Equal_skills_give_the_hypergeometric_tail()
    {
        // Of 12 answers 9 are right, and of the last 6 all: C(6,3) C(6,6) / C(12,9). Three cuts and three signs each count three times.
        var answers = Enumerable.Range(0, 12).Select(i => new GoldAnswer(i is < 3 or >= 6, 0.7, null, null)).ToList();
        Assert.Equal(3 * 3 * 20 / 220.0, GoldLeak.Check([answers])[0].PValue, 12);
    }
}
