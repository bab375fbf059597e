namespace Touchstone.Quality.Reliabilities;

/// <summary>What is believed of everybody in a project. Plain data.</summary>
public sealed record ReliabilityTable
{
    /// <summary>Nothing is known of anybody.</summary>
    public static readonly ReliabilityTable Prior = new();

    /// <summary>The crowd as a whole: what is believed of a newcomer.</summary>
    public Reliability Crowd { get; init; } = Reliability.Prior;

    /// <summary>Contributors by id.</summary>
    public IReadOnlyDictionary<string, Reliability> Contributors { get; init; } = new Dictionary<string, Reliability>();

    /// <summary>How common labels are: shares by label, by <see cref="AnswerKey"/> (of a shapes question, its classes; of a multiple choice, how often each option is chosen). Absent is equally common.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Shares { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>
    /// By id of the shapes question: probability that somebody also marks what another marked by mistake. Above chance where something looks
    /// like a thing and is none, such as a person on a poster.
    /// </summary>
    public IReadOnlyDictionary<string, double> SpuriousEchoes { get; init; } = new Dictionary<string, double>();

    /// <summary>What is believed of an echo before anything is known.</summary>
    public const double PriorSpuriousEcho = 0.05;

    /// <summary>What is believed of a contributor; of an unknown one, what is believed of the crowd.</summary>
    public Reliability Of(string contributorId) => Contributors.TryGetValue(contributorId, out var known) ? known : Crowd;

    /// <summary>The echo of a shapes question.</summary>
    public double SpuriousEchoOf(string questionId) => SpuriousEchoes.TryGetValue(questionId, out var echo) ? echo : PriorSpuriousEcho;

    /// <summary>How common a label is.</summary>
    public double ShareOf(string key, string label, int labelCount) =>
        Shares.TryGetValue(key, out var shares) && shares.TryGetValue(label, out var share) ? share : 1.0 / Math.Max(1, labelCount);
}
