using System.Globalization;
using System.Text;
using Touchstone.Quality.Assays;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary><c>CARD.md</c>: what a person should know before using the labels. Made of release.json alone, so that it cannot say anything else.</summary>
internal static class ReleaseCard
{
    public static string Write(ReleaseContent content)
    {
        var card = new StringBuilder();
        void Line(string text = "") => card.Append(text).Append('\n');
        Line($"# {Plain(content.Project.Name)}");
        Line();
        if (content.Project.Description.Length > 0)
        {
            Line(Plain(content.Project.Description));
            Line();
        }

        Warnings(content, Line);
        What(content, Line);
        How(content, Line);
        Assay(content, Line);
        Line("## Checking it");
        Line();
        Line("`touchstone verify FOLDER` reads this folder offline: every file's digest, the lineage of every label, the sampling, the grading and the figures above are computed again and compared.");
        return card.ToString();
    }

    private static void Warnings(ReleaseContent content, Action<string> line)
    {
        if (content.Assay.Status == AssayStatus.Unassayed)
        {
            line("> **UNASSAYED: nobody measured how accurate these labels are.** " + Plain(content.Assay.Reason ?? ""));
            line("");
        }

        if (content.Origin.SyntheticAssets > 0)
        {
            line($"> **Synthetic data:** {content.Origin.SyntheticAssets} of {content.Counts.Labels} labelled pictures were drawn by a program and show no real place.");
            line("");
        }

        if (content.Origin.Model > 0)
        {
            line($"> **A model's part:** {content.Origin.Model} of {content.Counts.Labels} labels began with what a model proposed.");
            line("");
        }

        if (content.Origin.Simulated > 0)
        {
            line($"> **Simulated work:** in {content.Origin.Simulated} of {content.Counts.Labels} labels a program that plays a person had a part.");
            line("");
        }
    }

    private static void What(ReleaseContent content, Action<string> line)
    {
        var counts = content.Counts;
        line("## What it is");
        line("");
        line("| | |");
        line("| --- | --- |");
        line($"| labels | {counts.Labels} |");
        line($"| pictures | {counts.Images} ({(content.Images == ImageMode.Copy ? "copied under images/" : "referenced by SHA-256")}) |");
        line($"| shapes | {counts.Shapes} |");
        line($"| origin of labels | {content.Origin.Human} by people, {content.Origin.Model} with a model's part, {content.Origin.Simulated} with a simulated part |");
        line($"| drawn pictures | {content.Origin.SyntheticAssets} |");
        line($"| licence | {(content.Project.Licence is { } licence ? Plain(licence) : "not stated")} |");
        line($"| ontology | {string.Join(", ", content.Ontologies.Select(o => $"version {o.Number} (`{o.Digest[..12]}`, {o.Labels} labels)"))} |");
        line("");
        if (counts.Classes.Count == 0) return;
        line("| class | shapes |");
        line("| --- | --- |");
        foreach (var (name, count) in counts.Classes) line($"| {Plain(name)} | {count} |");
        line("");
    }

    private static void How(ReleaseContent content, Action<string> line)
    {
        var (counts, project) = (content.Counts, content.Project);
        line("## How it was made");
        line("");
        line($"{counts.Contributors} contributors gave {counts.Responses} responses. Every task was answered by {project.OverlapMin} people independently, by up to {project.OverlapMax} while the "
            + $"confidence of their consensus was below {Number(project.OverlapConfidence)}. Reviewers decided {counts.Reviewed} labels and answered {counts.Edited} of them otherwise. "
            + $"Not released are {counts.NotReleased.Open} open tasks, {counts.NotReleased.InReview} in review and {counts.NotReleased.Withdrawn} withdrawn ones.");
        line("");
        if (content.Prelabels is not { } begun) return;
        line($"{begun.Responses} responses, behind {begun.Labels} labels, began with a proposal made elsewhere: {string.Join(", ", begun.Origins.Select(o => $"{Plain(o.Key)} ({o.Value})"))}. Of {begun.Shapes} shapes proposed to them {begun.ShapesKept} were kept "
            + $"unchanged, and {begun.AnswersKept} of {begun.Answers} other answers. Such responses are not independent of the proposal nor, through it, of each other.");
        line("");
    }

    private static void Assay(ReleaseContent content, Action<string> line)
    {
        var assay = content.Assay;
        line("## Assay");
        line("");
        if (assay.Audit is { } audit && assay.Figures.Count > 0)
        {
            line($"{audit.Judged} tasks of a random sample of {audit.Sampled} out of {audit.Population} were judged again by people who had no part in them (seed {audit.Seed}).");
            if (audit.Strata is { } strata)
                line($"It was drawn part by part, and each judged task stands for as many as its part has of each: {string.Join("; ", strata.Select(s => $"{Plain(s.Name)}: {s.Judged} judged of {s.Sampled} drawn from {s.Population}"))}.");
            if (audit.Looks is { } looks) line($"It grew in {looks.Count} steps: {string.Join(", ", looks.Select(l => l.Sampled))} tasks.");
            foreach (var earlier in audit.Earlier)
                line($"An earlier audit, drawn {earlier.DrawnAt:yyyy-MM-dd}, judged {earlier.Judged} of {earlier.Sampled} tasks and enters no figure.");
            line("");
        }

        if (assay.Figures.Count > 0) Table(assay.Figures, assay.Confidence, line);
        if (assay.Auditors is { } auditors) Auditors(auditors, assay, line);
        if (assay.GoldFigures.Count > 0)
        {
            line($"On {assay.Gold?.Tasks ?? 0} gold tasks, which are chosen and not drawn, the consensus of up to {assay.Gold?.Overlap ?? 0} responses gave:");
            line("");
            Table(assay.GoldFigures, assay.Confidence, line);
        }

        if (assay.Status == AssayStatus.Unassayed)
        {
            line("None. " + Plain(assay.Reason ?? ""));
            line("");
        }

        line("### What it does not know");
        line("");
        foreach (var caveat in assay.NotKnown) line($"- {Plain(caveat.Message)}");
        line("");
    }

    private static void Auditors(IReadOnlyList<AuditorFigure> auditors, AssaySection assay, Action<string> line)
    {
        line($"Two auditors judged {assay.Audit?.Twice?.Judged ?? 0} of the tasks without seeing each other's answers. What they differ in tells how often one of them errs; that is taken out of the figures above, and what is not known of it widens their intervals:");
        line("");
        line("| figure | judged twice | differing | an auditor errs in | interval | as judged | interval widened by |");
        line("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var a in auditors)
            line($"| {a.Figure} | {a.JudgedTwice} | {a.Differing} | {Fixed(a.Error)} | {Fixed(a.Low)} to {Fixed(a.High)} | {Fixed(a.AsJudged)} | {Fixed(a.WidenedBy)} |");
        line("");
    }

    private static void Table(IReadOnlyList<AssayFigure> figures, double confidence, Action<string> line)
    {
        line($"| figure | estimate | {Number(confidence * 100)} % interval | units | pictures | method |");
        line("| --- | --- | --- | --- | --- | --- |");
        foreach (var figure in figures)
            line($"| {figure.Name} | {Fixed(figure.Estimate)} | {Fixed(figure.Lower)} to {Fixed(figure.Upper)} | {figure.SampleUnits} | {figure.SampleImages} | {figure.Method} |");
        line("");
    }

    private static string Fixed(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Text of others on one line, without what Markdown or HTML would make of it.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c)) plain.Append(' ');
            else if (c is '<' or '>' or '|' or '[' or ']' or '`' or '*' or '_' or '#' or '\\') plain.Append('\\').Append(c);
            else plain.Append(c);
        }

        return plain.ToString().Trim();
    }
}
