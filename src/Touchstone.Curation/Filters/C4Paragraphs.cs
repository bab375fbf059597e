using Touchstone.Curation.Steps;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>Thresholds of <see cref="C4Paragraphs"/>.</summary>
public sealed record C4ParagraphParameters
{
    /// <summary>Fewest long lines.</summary>
    public int ParagraphsMinimum { get; init; } = 3;

    /// <summary>Length in code points from which a line counts.</summary>
    public int ParagraphLengthMinimum { get; init; } = 200;
}

/// <summary>Drops text with few long lines: the paragraph rule of mC4 (Xue et al. 2021) as datatrove 0.10 applies it (<c>C4ParagraphFilter</c>).</summary>
public sealed class C4Paragraphs : RuleFilter
{
    private readonly C4ParagraphParameters _parameters;
    private readonly string _reason;

    /// <param name="parameters">Thresholds.</param>
    public C4Paragraphs(C4ParagraphParameters? parameters = null)
    {
        _parameters = parameters ?? new C4ParagraphParameters();
        _reason = $"< {_parameters.ParagraphsMinimum} paragraphs";
    }

    /// <inheritdoc/>
    public override string Id => "c4_paragraph@datatrove-0.10";

    private protected override void Run(WorkingText text, ref RuleLog log)
    {
        ReadOnlySpan<char> span = text.Text;
        var paragraphs = 0;
        foreach (var line in span.Split('\n'))
        {
            if (CodePoints.Count(span[line]) >= _parameters.ParagraphLengthMinimum) paragraphs++;
        }

        log.Stops(_reason, paragraphs, RuleComparison.Below, _parameters.ParagraphsMinimum);
    }
}
