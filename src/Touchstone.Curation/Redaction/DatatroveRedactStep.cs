using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Redaction;

/// <summary>Replaces e-mail and public IPv4 addresses as datatrove does; see <see cref="DatatroveFormatter"/>.</summary>
public sealed class DatatroveRedactStep : DocumentStep
{
    /// <inheritdoc/>
    public override string Id => "pii@datatrove-0.10";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var edited = DatatroveFormatter.Format(text.Text);
        return ReferenceEquals(edited, text.Text) ? Verdict.Kept : Verdict.Edited(edited);
    }
}
