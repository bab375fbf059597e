using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.Reliabilities;

namespace Touchstone.Quality.Tests;

public sealed class ResponseGradingTests
{
    private static readonly string[] Options = ["a", "b", "c", "d"];

    private static readonly Ontology Choice = new([new ChoiceQuestion("q", null, [.. Options.Select(o => new ChoiceOption(o))])]);

    private static readonly Ontology Two = new([new ChoiceQuestion("q", null, [.. Options.Select(o => new ChoiceOption(o))]), new RatingQuestion("r", null, 1, 5)]);

    private static Opinion Says(string who, string option, int? rating = null)
    {
        var answers = new Dictionary<string, Answer> { ["q"] = new ChoiceAnswer([option]) };
        if (rating is { } value) answers["r"] = new RatingAnswer(value);
        return new Opinion($"response-{who}", who, new AnswerSet(rating is null ? Choice : Two, answers));
    }

    [Fact]
    public void A_grade_is_the_posterior_of_the_answer_given_the_others()
    {
        // Two others, right 85 times in 100 each, who agree: odds 0.85² against three times 0.05².
        Opinion[] opinions = [Says("ann", "a"), Says("bob", "a"), Says("cid", "b")];
        var grades = ResponseGrading.ByOthers(Choice, null, opinions).ToDictionary(g => g.ResponseId);
        var sure = 0.85 * 0.85 / (0.85 * 0.85 + 3 * 0.05 * 0.05);
        Assert.Equal((1 - sure) / 3, grades["response-cid"].Right, 1e-5);
        Assert.All(grades.Values, g => Assert.Equal(4, g.Choices));

        // Ann by Bob and Cid, who differ: each of them is right by 17 of 36 and one more of the others.
        var torn = 0.85 * 0.05 / (2 * 0.85 * 0.05 + 2 * 0.05 * 0.05);
        Assert.Equal(torn, grades["response-ann"].Right, 1e-5);
    }

    [Fact]
    public void Nobody_is_graded_by_themselves_alone()
    {
        Assert.Empty(ResponseGrading.ByOthers(Choice, null, []));
        Assert.Empty(ResponseGrading.ByOthers(Choice, null, [Says("ann", "a")]));
        Assert.Equal(2, ResponseGrading.ByOthers(Choice, null, [Says("ann", "a"), Says("bob", "b")]).Count);

        // Questions that only one of them answered grade nobody.
        var rated = new Opinion("response-bob", "bob", new AnswerSet(Two, new Dictionary<string, Answer> { ["r"] = new RatingAnswer(2) }));
        Assert.Empty(ResponseGrading.ByOthers(Two, null, [new Opinion("response-ann", "ann", new AnswerSet(Two, new Dictionary<string, Answer> { ["q"] = new ChoiceAnswer(["a"]) })), rated]));
    }

    [Fact]
    public void Known_answers_are_certain_and_what_is_missing_is_wrong()
    {
        var known = Says("gold", "b", 3).Answers;
        Assert.Equal(new GradedResponse("response-ann", 1, 2), ResponseGrading.ByKnown(Two, Says("ann", "b", 3), known));
        Assert.Equal(new GradedResponse("response-ann", 0.75, 2), ResponseGrading.ByKnown(Two, Says("ann", "b", 5), known));
        Assert.Equal(0.5, ResponseGrading.ByKnown(Two, Says("ann", "b"), known)!.Value.Right);
        Assert.Equal(0, ResponseGrading.ByKnown(Choice, Says("ann", "a"), Says("gold", "b").Answers)!.Value.Right);
        Assert.Null(ResponseGrading.ByKnown(Choice, Says("ann", "a"), new AnswerSet(Choice, new Dictionary<string, Answer>())));
    }

    [Fact]
    public void The_formula_weighs_likeness_by_the_confidence_of_the_reference()
    {
        Assert.Equal(0.9, ResponseGrading.RightOf(1, 0.9, 4), 1e-12);
        Assert.Equal(0.1 / 3, ResponseGrading.RightOf(0, 0.9, 4), 1e-12);
        Assert.Equal(0.5, ResponseGrading.RightOf(0.5, 0.9, 2), 1e-12); // half right is evidence neither way
        Assert.Equal(0.5, ResponseGrading.RightOf(0.5, 0.1, 2), 1e-12);
    }

    /// <summary>For any answers: grades lie in [0, 1], follow the response and not the order, and never look at the response itself.</summary>
    [Fact]
    public void Grades_do_not_depend_on_the_order_nor_on_the_graded_answer()
    {
        var said = Gen.Choose(0, 3).ListOf(6).Select(l => l.ToArray());
        Prop.ForAll(said.ToArbitrary(), answers =>
        {
            Opinion[] opinions = [.. answers.Take(2 + answers.Sum() % 5).Select((a, i) => Says($"p{i}", Options[a]))];
            var grades = ResponseGrading.ByOthers(Choice, null, opinions);
            var turned = ResponseGrading.ByOthers(Choice, null, [.. opinions.Reverse()]).ToDictionary(g => g.ResponseId);
            if (grades.Count != opinions.Length) return false;
            foreach (var grade in grades)
                if (turned[grade.ResponseId] != grade || grade.Right is < 0 or > 1) return false;

            // Whatever the first had said, the probabilities of all that they might have said sum to 1 at the most.
            var others = TaskConsensus.Estimate(Choice, null, [.. opinions.Skip(1)]);
            var best = ((ChoiceAnswer)others.Answers.ByQuestion["q"]).Chosen[0];
            var sum = Options.Sum(o => ResponseGrading.ByOthers(Choice, null, [Says("p0", o), .. opinions.Skip(1)])[0].Right);
            return Math.Abs(sum - 1) < 1e-5 && ResponseGrading.ByOthers(Choice, null, [Says("p0", best), .. opinions.Skip(1)])[0].Right >= 0.25;
        }).QuickCheckThrowOnFailure();
    }
}
