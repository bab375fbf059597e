using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Consensus;

/// <summary>What one contributor answered, and what is believed of them.</summary>
internal sealed record Statement(Reliability By, Answer Answer);

/// <summary>The estimate of one answer.</summary>
internal sealed record AnswerEstimate(Answer Answer, double Confidence, IReadOnlyDictionary<string, double> Distribution);

/// <summary>Consensus on one question of the task or one attribute of an object. At least one statement.</summary>
internal static class AnswerConsensus
{
    public static AnswerEstimate Estimate(Question question, string key, IReadOnlyList<Statement> said, ReliabilityTable table) => question switch
    {
        ChoiceQuestion { Multiple: true } choice => Multiple(choice, key, said, table),
        ChoiceQuestion { Taxonomy: true } choice => Taxonomy(choice, key, said),
        ChoiceQuestion choice => Single(choice, key, said, table),
        RatingQuestion rating => Rating(rating, key, said),
        NumberQuestion number => Number(number, key, said),
        TextQuestion text => Text(text, said),
        _ => throw new ArgumentException($"Questions of kind {question.Kind} have no consensus of their own here.", nameof(question)),
    };

    /// <summary>Posterior over the options by everybody's confusions; the answer is the most probable of those that somebody chose.</summary>
    private static AnswerEstimate Single(ChoiceQuestion question, string key, IReadOnlyList<Statement> said, ReliabilityTable table)
    {
        string[] labels = [.. question.Options.Select(o => o.Id)];
        var posterior = LabelPosterior.Of(
            said, labels, (s, label) => s.By.ChoiceOf(key).Probability(label, Chosen(s), labels.Length), label => table.ShareOf(key, label, labels.Length));
        var best = labels.Where(l => said.Any(s => Chosen(s) == l)).MaxBy(l => posterior[l])!;
        return new AnswerEstimate(new ChoiceAnswer([best]), posterior[best], posterior);
    }

    /// <summary>Each option by itself: chosen or not. The confidence is that of the least sure option.</summary>
    private static AnswerEstimate Multiple(ChoiceQuestion question, string key, IReadOnlyList<Statement> said, ReliabilityTable table)
    {
        var options = ChoiceLabels.Options(question, said.Select(s => (ChoiceAnswer)s.Answer));
        var chosen = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            var share = table.ShareOf(key, option, 2);
            var posterior = LabelPosterior.Of(
                said, ChoiceLabels.OfOption, (s, label) => s.By.ChoiceOf(key).Probability(label, ChoiceLabels.OptionLabel((ChoiceAnswer)s.Answer, option), 2),
                label => label == ChoiceLabels.OfOption[0] ? share : 1 - share);
            chosen[option] = posterior[ChoiceLabels.OfOption[0]];
        }

        List<string> answer = [.. options.Where(o => chosen[o] > 0.5)];
        KeepWithin(question, options, chosen, answer);
        var confidence = options.Count == 0 ? 1 : options.Min(o => answer.Contains(o, StringComparer.Ordinal) ? chosen[o] : 1 - chosen[o]);
        return new AnswerEstimate(new ChoiceAnswer(answer), confidence, chosen);
    }

    /// <summary>Takes the likeliest options in, or the least likely out, until the question's limits hold.</summary>
    private static void KeepWithin(ChoiceQuestion question, IReadOnlyList<string> options, Dictionary<string, double> chosen, List<string> answer)
    {
        while (answer.Count < (question.MinSelected ?? 0) && answer.Count < options.Count)
            answer.Add(options.Where(o => !answer.Contains(o, StringComparer.Ordinal)).MaxBy(o => chosen[o])!);
        while (answer.Count > (question.MaxSelected ?? int.MaxValue)) answer.Remove(answer.MinBy(o => chosen[o])!);
        answer.Sort((a, b) => IndexOf(options, a).CompareTo(IndexOf(options, b)));
    }

    /// <summary>
    /// Posterior over whole paths, read level by level: go down while a branch holds most of what is left and at least half of all. Two who agree on "car" and
    /// differ below it settle on "car".
    /// </summary>
    private static AnswerEstimate Taxonomy(ChoiceQuestion question, string key, IReadOnlyList<Statement> said)
    {
        var count = ChoiceLabels.CountOf(question);
        var paths = LabelPosterior.Of(said, Chosen, (s, path) => ChoiceReliability.OneCoin(Existence.Bounded(s.By.ChoiceOf(key).Accuracy), Chosen(s) == path, count), count);
        List<string> real = [.. paths.Keys.Where(p => p != LabelPosterior.Others)];
        if (question.LeavesOnly)
        {
            var leaf = real.MaxBy(p => paths[p])!;
            return new AnswerEstimate(new ChoiceAnswer([leaf]), paths[leaf], paths);
        }

        double Mass(string prefix) => real.Where(p => p == prefix || p.StartsWith(prefix + "/", StringComparison.Ordinal)).Sum(p => paths[p]);
        var answer = Steps(real, "").MaxBy(Mass)!;
        while (true)
        {
            var next = Steps(real, answer).MaxBy(Mass);
            if (next is null || Mass(next) < 0.5 || paths.GetValueOrDefault(answer) > Mass(next)) break;
            answer = next;
        }

        return new AnswerEstimate(new ChoiceAnswer([answer]), Mass(answer), paths);
    }

    /// <summary>The branches one step below a path, in ordinal order.</summary>
    private static IEnumerable<string> Steps(List<string> paths, string below)
    {
        var prefix = below.Length == 0 ? "" : below + "/";
        return paths.Where(p => p.Length > prefix.Length && p.StartsWith(prefix, StringComparison.Ordinal))
            .Select(p => p.IndexOf('/', prefix.Length) is var end and >= 0 ? p[..end] : p).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static AnswerEstimate Rating(RatingQuestion question, string key, IReadOnlyList<Statement> said)
    {
        var (median, weights) = Median(key, said);
        var value = (int)Math.Clamp(Math.Round(median, MidpointRounding.ToEven), question.Min, question.Max);
        return new AnswerEstimate(new RatingAnswer(value), ShareOfWeight(said, weights, v => v == value), TaskConsensus.NoDistribution);
    }

    private static AnswerEstimate Number(NumberQuestion question, string key, IReadOnlyList<Statement> said)
    {
        var (median, weights) = Median(key, said);
        var value = median;
        var step = question.Step ?? (question.Integer ? 1 : 0);
        if (step > 0)
        {
            // The middle between two valid numbers may be none: take the nearest of what was said.
            var nearest = said.Select(s => SpreadFit.ValueOf(s.Answer)).Order().MinBy(v => Math.Abs(v - median));
            value = nearest;
        }

        var tolerance = Math.Max(step / 2, question is { Min: { } min, Max: { } max } ? (max - min) * NumberTolerance : Math.Abs(value) * NumberTolerance);
        return new AnswerEstimate(new NumberAnswer(value), ShareOfWeight(said, weights, v => Math.Abs(v - value) <= tolerance), TaskConsensus.NoDistribution);
    }

    /// <summary>Numbers count as the same within this share of the question's range, or of the number itself.</summary>
    private const double NumberTolerance = 0.05;

    /// <summary>The text least far from all others; of one, itself.</summary>
    private static AnswerEstimate Text(TextQuestion question, IReadOnlyList<Statement> said)
    {
        if (said.Count == 1) return new AnswerEstimate(said[0].Answer, ChoiceReliability.PriorAccuracy, TaskConsensus.NoDistribution);
        var best = said.Select(s => (s.Answer, Distance: StableSum.Of(said.Select(o => AnswerDistance.Between(question, s.Answer, o.Answer))) / (said.Count - 1)))
            .OrderBy(x => Math.Round(x.Distance, 12)).ThenBy(x => ((TextAnswer)x.Answer).Text, StringComparer.Ordinal).First();
        // Texts of two people who both are right differ in words: likeness bounds what can be claimed.
        var alike = 1 - best.Distance;
        return new AnswerEstimate(best.Answer, Smoothed(alike * (said.Count - 1), said.Count - 1), TaskConsensus.NoDistribution);
    }

    private static (double Median, double[] Weights) Median(string key, IReadOnlyList<Statement> said)
    {
        var weights = said.Select(s => s.By.Spreads.TryGetValue(key, out var spread) ? 1 / (spread * spread) : 1.0).ToArray();
        // Somebody of whom nothing is known weighs as much as the others do on average.
        if (said.Any(s => s.By.Spreads.ContainsKey(key)))
        {
            var known = said.Select((s, i) => (s, i)).Where(x => x.s.By.Spreads.ContainsKey(key)).Average(x => weights[x.i]);
            for (var i = 0; i < weights.Length; i++)
                if (!said[i].By.Spreads.ContainsKey(key)) weights[i] = known;
        }

        return (Quantiles.WeightedMedian([.. said.Select(s => SpreadFit.ValueOf(s.Answer))], weights), weights);
    }

    /// <summary>The share of the weight that says the same, with one more vote of the prior's accuracy: one alone has exactly that.</summary>
    private static double ShareOfWeight(IReadOnlyList<Statement> said, double[] weights, Func<double, bool> agrees)
    {
        var total = StableSum.Of(weights);
        var agreeing = StableSum.Of(said.Select((s, i) => agrees(SpreadFit.ValueOf(s.Answer)) ? weights[i] : 0));
        // Besides the answer itself, which agrees with itself, (count - 1) others had the chance to differ.
        return Smoothed(Math.Max(0, agreeing / total * said.Count - 1), said.Count - 1);
    }

    private static double Smoothed(double agreeing, double others) => (agreeing + ChoiceReliability.PriorAccuracy) / (others + 1);

    private static string Chosen(Statement statement) => ((ChoiceAnswer)statement.Answer).Chosen[0];

    private static int IndexOf(IReadOnlyList<string> items, string item)
    {
        for (var i = 0; i < items.Count; i++)
            if (string.Equals(items[i], item, StringComparison.Ordinal)) return i;
        return -1;
    }
}
