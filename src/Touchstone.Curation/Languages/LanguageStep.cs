using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;
using Touchstone.Text.Languages;

namespace Touchstone.Curation.Languages;

/// <summary>Which languages stay.</summary>
public sealed record LanguageOptions
{
    /// <summary>Codes of the languages that stay, as the model names them; empty keeps every document whose language is sure enough.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>The probability that a language must have more than. 0.65 is fastText's customary threshold in RefinedWeb, FineWeb and DCLM.</summary>
    [ParameterRange(0, 1)]
    public double Threshold { get; init; } = 0.65;

    /// <summary>Look at the text without code, addresses and markup. Off, the text is taken as it is, as datatrove does.</summary>
    public bool WithoutMarkup { get; init; } = true;

    /// <summary>A fastText model (<c>.bin</c> or <c>.ftz</c>) to use in the place of our own; its codes are then what <see cref="Keep"/> names.</summary>
    [FileParameter]
    public string? ModelFile { get; init; }

    /// <summary>A model to use in the place of both.</summary>
    public ILanguageModel? Model { get; init; }
}

/// <summary>
/// Keeps documents in some languages. Writes the most probable language and its probability among the findings as <c>language</c> and <c>language_score</c>; drops as <c>language</c>.
/// </summary>
/// <remarks>
/// As datatrove's <c>LanguageFilter</c> (0.10.0): a document stays where any language to keep has more than the threshold; where none is named, where the most probable one has.
/// </remarks>
public sealed class LanguageStep : DocumentStep
{
    private readonly LanguageOptions _options;
    private readonly ILanguageModel _model;
    private readonly int[] _keep;

    /// <summary>Makes the step.</summary>
    /// <param name="options">Languages and threshold.</param>
    /// <exception cref="ArgumentException">A language to keep is none of the model's, so that no document could ever stay by it.</exception>
    /// <exception cref="InvalidDataException">The model's file is none.</exception>
    /// <exception cref="IOException">The model's file cannot be read.</exception>
    public LanguageStep(LanguageOptions options)
    {
        _options = options;
        _model = options.Model ?? (options.ModelFile is { } file ? Read(file) : LanguageIdentifier.Default);
        var known = _model.Languages.ToList();
        _keep = [.. options.Keep.Select(k => known.IndexOf(k) is >= 0 and var place ? place : throw Unknown(k, known))];
    }

    private static FastTextModel Read(string file)
    {
        using var stream = File.OpenRead(file);
        try
        {
            return FastTextModel.Read(stream);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{file}: {fault.Message}", fault);
        }
    }

    private static ArgumentException Unknown(string language, List<string> known) =>
        new($"Expected languages that the model knows: {string.Join(' ', known.Order(StringComparer.Ordinal).Take(300))}; found «{language}».", nameof(language));

    /// <inheritdoc/>
    public override string Id => _options switch { { Model: not null } => "language@model", { ModelFile: not null } => "language@fasttext", _ => "language@touchstone-1" };

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var (language, score, kept) = Look(text.Text);
        var findings = document.Findings ??= [];
        findings["language"] = language;
        findings["language_score"] = score;
        return kept > _options.Threshold ? Verdict.Kept : Verdict.Dropped("language");
    }

    /// <inheritdoc/>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values) =>
        values.Add(new("language", Look(text.Text).Kept, RuleComparison.Below, Math.BitIncrement(_options.Threshold), []));

    // The most probable language with its probability, and the highest probability of those that stay; both rounded, so that what is written is what is decided by.
    private (string Language, double Score, double Kept) Look(string text)
    {
        Span<float> probabilities = _model.Languages.Count <= 1024 ? stackalloc float[_model.Languages.Count] : new float[_model.Languages.Count];
        if (!_model.TryScore(_options.WithoutMarkup ? Prose.Of(text) : text, probabilities)) return ("und", 0, 0);
        var best = 0;
        for (var l = 1; l < probabilities.Length; l++)
            if (probabilities[l] > probabilities[best]) best = l;
        var kept = _keep.Length == 0 ? probabilities[best] : 0f;
        foreach (var l in _keep) kept = Math.Max(kept, probabilities[l]);
        return (_model.Languages[best], Math.Round(probabilities[best], 4), Math.Round(kept, 4));
    }
}
