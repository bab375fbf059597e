namespace Touchstone.Server.Tests.Work;

/// <summary>Logistic regression with weights kept small, judged by cross-validation.</summary>
internal static class Classifier
{
    private const int Rounds = 300;
    private const double Rate = 0.1, Decay = 0.02;

    /// <summary>Area under the curve of scores that each fold got from a model trained on the others, with a 95 % bootstrap interval.</summary>
    public static (double Auc, double Lower, double Upper) CrossValidatedAuc(List<(double[] Features, bool IsGold)> samples, int folds, int seed)
    {
        var random = new Random(seed);
        var order = Enumerable.Range(0, samples.Count).ToArray();
        random.Shuffle(order);
        var rows = Standardised([.. order.Select(i => samples[i].Features)]);
        var truth = order.Select(i => samples[i].IsGold).ToArray();
        var scores = new double[rows.Length];
        for (var fold = 0; fold < folds; fold++)
        {
            var train = Enumerable.Range(0, rows.Length).Where(i => i % folds != fold).ToArray();
            var weights = Fit([.. train.Select(i => rows[i])], [.. train.Select(i => truth[i])]);
            for (var i = fold; i < rows.Length; i += folds) scores[i] = Score(weights, rows[i]) - Mean(weights, rows, train);
        }

        var bootstrap = new double[1000];
        for (var b = 0; b < bootstrap.Length; b++)
        {
            var draw = Enumerable.Range(0, rows.Length).Select(_ => random.Next(rows.Length)).ToArray();
            bootstrap[b] = Auc([.. draw.Select(i => scores[i])], [.. draw.Select(i => truth[i])]);
        }

        Array.Sort(bootstrap);
        return (Auc(scores, truth), bootstrap[25], bootstrap[974]);
    }

    /// <summary>Scores of different folds' models are compared, so each is taken from its own level.</summary>
    private static double Mean(double[] weights, double[][] rows, int[] train) => train.Average(i => Score(weights, rows[i]));

    private static double[][] Standardised(double[][] rows)
    {
        var columns = rows[0].Length;
        var result = rows.Select(_ => new double[columns]).ToArray();
        for (var c = 0; c < columns; c++)
        {
            var mean = rows.Average(r => r[c]);
            var deviation = Math.Sqrt(rows.Average(r => (r[c] - mean) * (r[c] - mean)));
            if (deviation == 0) continue;
            for (var r = 0; r < rows.Length; r++) result[r][c] = (rows[r][c] - mean) / deviation;
        }

        return result;
    }

    private static double[] Fit(double[][] rows, bool[] truth)
    {
        var weights = new double[rows[0].Length + 1];
        for (var round = 0; round < Rounds; round++)
        {
            var gradient = new double[weights.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var error = 1 / (1 + Math.Exp(-Score(weights, rows[i]))) - (truth[i] ? 1 : 0);
                for (var c = 0; c < rows[i].Length; c++) gradient[c] += error * rows[i][c];
                gradient[^1] += error;
            }

            for (var c = 0; c < weights.Length; c++) weights[c] -= Rate * (gradient[c] / rows.Length + (c < weights.Length - 1 ? Decay * weights[c] : 0));
        }

        return weights;
    }

    private static double Score(double[] weights, double[] row)
    {
        var sum = weights[^1];
        for (var c = 0; c < row.Length; c++) sum += weights[c] * row[c];
        return sum;
    }

    /// <summary>Probability that a gold sample scores above an ordinary one; ties count half.</summary>
    private static double Auc(double[] scores, bool[] truth)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).ToArray();
        double rankSum = 0;
        for (var i = 0; i < order.Length;)
        {
            var end = i;
            while (end < order.Length && scores[order[end]] == scores[order[i]]) end++;
            var rank = (i + 1 + end) / 2.0;
            for (; i < end; i++)
                if (truth[order[i]]) rankSum += rank;
        }

        var positives = (double)truth.Count(t => t);
        var negatives = truth.Length - positives;
        return positives == 0 || negatives == 0 ? 0.5 : (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
    }
}
