using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Files.Storage;
using Touchstone.Formats.Labels;
using Touchstone.Quality.Assays;
using Touchstone.Server.Catalogue.Assets;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Trust.Releases.Format;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>Builds a release into a folder from one state of the database. The same state gives the same bytes, but for the time of publication.</summary>
public static class ReleaseBuilder
{
    private const int ProgressEvery = 200;

    /// <summary>Builds.</summary>
    /// <param name="database">The database.</param>
    /// <param name="content">The pictures' bytes; needed only to copy them.</param>
    /// <param name="project">The project.</param>
    /// <param name="options">How.</param>
    /// <param name="folder">Where it shall stand. It must not exist, or be empty; it appears whole or not at all.</param>
    /// <param name="publishedAt">Written beside the content, not part of the digest.</param>
    /// <param name="number">As what number it is published; null where it is not.</param>
    /// <param name="release">The release's id; null where it is not published.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing.</param>
    /// <exception cref="ReleaseRefusedException">There is nothing to release, or nothing was measured and that was not accepted.</exception>
    public static async Task<BuiltRelease> BuildAsync(
        StoreDatabase database,
        ContentFolder content,
        ProjectId project,
        ReleaseOptions options,
        string folder,
        DateTimeOffset publishedAt,
        int? number,
        ReleaseId? release,
        Func<double, Task>? progress,
        CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(folder);
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new IOException($"{target} is there already and not empty; a release is never written over.");
        var scratch = $"{target}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(scratch);
        try
        {
            var run = new Run(database, content, project, options, scratch, progress ?? (_ => Task.CompletedTask));
            var facts = await database.ReadAsync(run.WriteAsync, cancellationToken);
            var (bytes, digest) = ReleaseJson.Document(facts, new Publication { At = publishedAt, Number = number, Release = release?.Value });
            await DurableFile.WriteAsync(Path.Combine(scratch, ReleaseFiles.Release), bytes, cancellationToken);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(scratch, target);
            return new BuiltRelease(target, digest, Encoding.UTF8.GetString(bytes), facts.Counts.Labels, facts.Assay.Figures, facts.Assay.GoldFigures);
        }
        finally
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>One build.</summary>
    private sealed class Run(StoreDatabase database, ContentFolder content, ProjectId id, ReleaseOptions options, string folder, Func<double, Task> progress)
    {
        private readonly OntologyCache _ontologies = new(database);
        private readonly Pseudonyms _pseudonyms = new();
        private readonly ReleaseLedger _ledger = new();
        private readonly List<Judged> _judged = [];
        private readonly Dictionary<string, Asset> _assets = new(StringComparer.Ordinal);
        private readonly SortedSet<int> _versions = [];
        private int _inForce;
        private int[] _covered = [];

        /// <summary>A label of the sample.</summary>
        private sealed record Judged(Guid Task, Ontology Ontology, AnswerSet Answers, DateTimeOffset? DecidedAt);

        public async Task<ReleaseContent> WriteAsync(StoreContext store, CancellationToken cancellationToken)
        {
            var project = await store.Projects.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken)
                ?? throw new ReleaseRefusedException("no_such_project", "There is no such project.");
            if (await Consensus.Derivation.IsReplayingAsync(store, cancellationToken)) throw new ReleaseRefusedException("deriving", Consensus.Derivation.Replaying);
            var evidence = new EvidenceSource(store, _ontologies, _pseudonyms, id);
            var audit = await evidence.LatestAuditAsync(cancellationToken);
            _covered = new int[audit?.PartCount ?? 0];
            var lineage = new List<LineageLine>();
            await WriteLabelsAsync(store, audit, cancellationToken);
            if (_ledger.Labels == 0) throw new ReleaseRefusedException("nothing_done", "No task is done yet, so there is nothing to release.");

            var lines = new List<EvidenceLine>();
            var (auditFacts, graded, circumstances) = await AuditAsync(store, evidence, audit, lines, lineage, cancellationToken);
            var (goldFacts, goldGraded) = await GoldAsync(evidence, lines, lineage, cancellationToken);
            var assay = ReleaseAssay.Compute(graded, goldGraded, auditFacts, goldFacts, circumstances);
            if (assay.Status == AssayStatus.Unassayed && !options.AcceptUnassayed)
                throw new ReleaseRefusedException("unassayed", assay.Reason + " Or accept an unassayed release with accept_unassayed, which its card will say.");
            await WriteEvidenceAsync(lines, lineage, audit, auditFacts, cancellationToken);

            var facts = await FactsAsync(store, project, assay, cancellationToken);
            await WriteCocoAsync(facts, cancellationToken);
            if (options.CopyImages) await CopyImagesAsync(cancellationToken);
            await DurableFile.WriteAsync(PathOf(ReleaseFiles.Card), Encoding.UTF8.GetBytes(ReleaseCard.Write(facts)), cancellationToken);
            return facts with { Files = await FilesAsync(cancellationToken) };
        }

        private string PathOf(string relative) => Path.Combine(folder, relative.Replace('/', Path.DirectorySeparatorChar));

        private async Task WriteLabelsAsync(StoreContext store, DrawnAudit? audit, CancellationToken cancellationToken)
        {
            var total = Math.Max(1, await store.Tasks.CountAsync(t => t.ProjectId == id && t.State == TaskState.Done && t.Purpose == TaskPurpose.Label, cancellationToken));
            var sample = audit is null ? [] : audit.AuditTaskOf.Keys.ToHashSet();
            var source = new LabelSource(store, _ontologies, _pseudonyms, id, options.CopyImages);
            await DurableFile.WriteAsync(
                PathOf(ReleaseFiles.Labels),
                output => DurableFile.WriteAsync(PathOf(ReleaseFiles.Lineage), second => WriteAsync(output, second), cancellationToken),
                cancellationToken);

            async Task WriteAsync(Stream labelsFile, Stream lineageFile)
            {
                await using var labels = new LabelsWriter(labelsFile);
                await foreach (var label in source.ReadAsync(cancellationToken))
                {
                    await labels.WriteAsync(label.Record, cancellationToken);
                    foreach (var line in label.Lineage) await WriteLineAsync(lineageFile, line, cancellationToken);
                    Count(label, audit, sample);
                    if (_ledger.Labels % ProgressEvery == 0) await progress(0.8 * _ledger.Labels / total);
                }
            }
        }

        private void Count(ReleasedLabel label, DrawnAudit? audit, HashSet<Guid> sample)
        {
            var task = Guid.Parse(label.Record.Task);
            _ledger.Add(label.Record, ClassesOf(label.Answers));
            foreach (var line in label.Lineage) _ledger.Add(line);
            _inForce += label.Record.Lineage.Responses.Count;
            _assets.TryAdd(label.Asset.Sha256, label.Asset);
            if (audit?.PartOf(task) is >= 0 and var part) _covered[part]++;
            if (sample.Contains(task)) _judged.Add(new Judged(task, label.Ontology, label.Answers, label.DecidedAt));
        }

        internal static IEnumerable<string> ClassesOf(AnswerSet answers) =>
            answers.ByQuestion.Where(a => a.Value is ShapesAnswer).SelectMany(a => ((ShapesAnswer)a.Value).Shapes.Select(s => $"{a.Key}/{s.Class}"));

        private static async Task WriteLineAsync<T>(Stream file, T line, CancellationToken cancellationToken)
        {
            await file.WriteAsync(ReleaseJson.Line(line), cancellationToken);
            await file.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }

        private async Task<(AuditFacts? Facts, List<AuditedImage> Graded, ReleaseAssay.Circumstances Circumstances)> AuditAsync(
            StoreContext store, EvidenceSource evidence, DrawnAudit? audit, List<EvidenceLine> lines, List<LineageLine> lineage, CancellationToken cancellationToken)
        {
            var graded = new List<AuditedImage>();
            if (audit is null) return (null, graded, new(_ledger.Labels, 0, 0, 0));
            var responses = await EvidenceSource.AuditResponsesAsync(store, audit, cancellationToken);
            var prelabels = await EvidenceSource.PrelabelsAsync(store, audit.AuditTaskOf.Values, cancellationToken);
            var (changed, simulated, prelabelled) = (0, 0, 0);
            foreach (var label in _judged)
            {
                if (!responses.TryGetValue(label.Task, out var judgements)) continue;
                var asDrawn = label.DecidedAt > audit.DrawnAt
                    ? await EvidenceSource.AsDrawnAsync(store, LabelTaskId.From(label.Task), label.Ontology, label.Answers, audit.DrawnAt, cancellationToken)
                    : null;
                var (line, grade) = evidence.Judge(label.Ontology, label.Task, audit.PartOf(label.Task), label.Answers, asDrawn, audit.AuditTaskOf[label.Task], judgements);
                lines.Add(line);
                lineage.Add(LabelSource.EnclosedLineageOf(label.Ontology, judgements.First, _pseudonyms, prelabels.GetValueOrDefault(audit.AuditTaskOf[label.Task])));
                if (judgements.Second is { } second) lineage.Add(LabelSource.EnclosedLineageOf(label.Ontology, second, _pseudonyms, prelabels.GetValueOrDefault(audit.AuditTaskOf[label.Task])));
                graded.Add(grade);
                if (asDrawn is not null) changed++;
                if (prelabels.ContainsKey(audit.AuditTaskOf[label.Task])) prelabelled++;
                if (judgements.First.Simulated || judgements.Second is { Simulated: true }) simulated++;
            }

            return (await AuditFactsAsync(evidence, audit, graded, responses, cancellationToken), graded, new(_ledger.Labels, simulated, changed, prelabelled));
        }

        private async Task<AuditFacts> AuditFactsAsync(
            EvidenceSource evidence, DrawnAudit audit, List<AuditedImage> graded, Dictionary<Guid, Judgements> responses, CancellationToken cancellationToken)
        {
            var released = _judged.Select(j => j.Task).ToHashSet();
            var drawn = audit.AuditTaskOf.Keys.Order(Consensus.UuidOrder.Instance).ToList();
            return new AuditFacts
            {
                Id = audit.Audit.Id.Value,
                DrawnAt = audit.DrawnAt,
                Seed = $"{audit.Audit.Seed}",
                Method = AuditDraw.MethodOf(audit.Design.Strata is not null),
                Population = audit.Population.Length,
                PopulationFile = ReleaseFiles.Population,
                Sampled = drawn.Count,
                Judged = graded.Count,
                NotJudged = [.. drawn.Where(t => released.Contains(t) && !responses.ContainsKey(t))],
                NotReleased = [.. drawn.Where(t => !released.Contains(t))],
                Covered = _covered.Sum(),
                Earlier = await evidence.EarlierAsync(audit, cancellationToken),
                Strata = audit.Design.Strata is null ? null : [.. audit.Design.Strata.Select((s, h) => new StratumFacts(s.Name, s.Population, s.Size, graded.Count(g => g.Part == h), _covered[h]))],
                Twice = audit.Audit.Twice > 0 ? new TwiceFacts(audit.Audit.Twice, graded.Count(g => g.Second is not null)) : null,
                Looks = audit.Chain.Count > 1 ? [.. audit.Chain.Select(a => new LookFacts(a.Size, a.Twice))] : null,
            };
        }

        private async Task<(GoldFacts? Facts, List<GradedImage> Graded)> GoldAsync(
            EvidenceSource evidence, List<EvidenceLine> lines, List<LineageLine> lineage, CancellationToken cancellationToken)
        {
            var overlap = Math.Max(1, (int)Math.Round((double)_inForce / _ledger.Labels, MidpointRounding.AwayFromZero));
            var gold = await evidence.GoldAsync(overlap, cancellationToken);
            foreach (var (line, _, responses) in gold)
            {
                lines.Add(line);
                lineage.AddRange(responses);
                _versions.Add(line.OntologyVersion);
            }

            return (gold.Count == 0 ? null : new GoldFacts { Tasks = gold.Count, Folds = GoldGrading.DefaultFoldCount, Overlap = overlap }, gold.ConvertAll(g => g.Graded));
        }

        private async Task WriteEvidenceAsync(
            List<EvidenceLine> lines, List<LineageLine> lineage, DrawnAudit? audit, AuditFacts? facts, CancellationToken cancellationToken)
        {
            await DurableFile.WriteAsync(
                PathOf(ReleaseFiles.Evidence),
                async file =>
                {
                    foreach (var line in lines) await WriteLineAsync(file, line, cancellationToken);
                },
                cancellationToken);

            // The labels' lineage is long and streamed; the evidence's is short and comes after it.
            await using (var file = new FileStream(PathOf(ReleaseFiles.Lineage), FileMode.Append))
            {
                foreach (var line in lineage) await WriteLineAsync(file, line, cancellationToken);
                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
            }

            if (audit is null || facts is null) return;
            await DurableFile.WriteAsync(
                PathOf(ReleaseFiles.Population),
                async file =>
                {
                    for (var i = 0; i < audit.Population.Length; i++)
                        await file.WriteAsync(Encoding.ASCII.GetBytes(PopulationLines.Of(audit.Population[i], audit.Design.PartOf?[i]) + "\n"), cancellationToken);
                },
                cancellationToken);
        }

        private async Task<ReleaseContent> FactsAsync(StoreContext store, Project project, AssaySection assay, CancellationToken cancellationToken)
        {
            var states = await store.Tasks.Where(t => t.ProjectId == id && t.Purpose == TaskPurpose.Label && t.State != TaskState.Done)
                .GroupBy(t => t.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            return new ReleaseContent
            {
                Project = new ProjectFacts
                {
                    Id = project.Id.Value,
                    Name = project.Name,
                    Description = project.Description,
                    Licence = options.Licence,
                    InputKind = project.InputKind,
                    Synthetic = project.Synthetic,
                    OverlapMin = project.OverlapMin,
                    OverlapMax = project.OverlapMax,
                    OverlapConfidence = project.OverlapConfidence,
                    Review = SnakeCaseNames.Of(project.Review),
                    GoldRate = project.GoldRate,
                },
                Ontologies = await OntologiesAsync(store, cancellationToken),
                Counts = _ledger.Counts(new NotReleased(
                    states.GetValueOrDefault(TaskState.Open), states.GetValueOrDefault(TaskState.InReview), states.GetValueOrDefault(TaskState.Withdrawn))),
                Origin = _ledger.Origin(),
                Prelabels = _ledger.Prelabels(),
                Assay = assay,
                Images = options.CopyImages ? ImageMode.Copy : ImageMode.Reference,
                Files = [],
            };
        }

        /// <summary>Versions that labels or gold were made under, newest first.</summary>
        private async Task<List<OntologyFacts>> OntologiesAsync(StoreContext store, CancellationToken cancellationToken)
        {
            var rows = await store.OntologyVersions.AsNoTracking().Where(o => o.ProjectId == id).OrderByDescending(o => o.Number).ToListAsync(cancellationToken);
            var facts = new List<OntologyFacts>();
            foreach (var row in rows)
            {
                var labels = _ledger.LabelsUnder(row.Digest);
                if ((labels == 0 && !_versions.Contains(row.Number)) || facts.Exists(f => f.Digest == row.Digest)) continue;
                facts.Add(new OntologyFacts { Number = row.Number, Digest = row.Digest, Labels = labels, Definition = JsonElement.Parse(row.Json) });
            }

            return facts;
        }

        private Task WriteCocoAsync(ReleaseContent facts, CancellationToken cancellationToken)
        {
            var ontologies = facts.Ontologies.Select(o => OntologyJson.Parse(o.Definition).ValueOrThrow()).ToList();
            return DurableFile.WriteAsync(
                PathOf(ReleaseFiles.Coco),
                async file =>
                {
                    await using var labels = File.OpenRead(PathOf(ReleaseFiles.Labels));
                    var records = LabelsReader.ReadAsync(labels, cancellationToken).Select(l => l.Label ?? throw new InvalidOperationException(l.Fault!.ToString()));
                    await CocoFile.WriteAsync(file, facts.Project.Name, ontologies, records, cancellationToken);
                },
                cancellationToken);
        }

        private async Task CopyImagesAsync(CancellationToken cancellationToken)
        {
            var done = 0;
            foreach (var asset in _assets.Values.OrderBy(a => a.Sha256, StringComparer.Ordinal))
            {
                if (asset.WithdrawnAt is not null || !content.Exists(AssetContent.ScopeOf(asset.OrganizationId), asset.Sha256))
                    throw new ReleaseRefusedException("image_missing", $"The bytes of picture {asset.Sha256} ({asset.FileName}) are not here any more, so that they cannot be copied.");
                await using var from = content.OpenRead(AssetContent.ScopeOf(asset.OrganizationId), asset.Sha256);
                await DurableFile.WriteAsync(PathOf(ReleaseFiles.Image(asset.Sha256, asset.MediaType)), to => from.CopyToAsync(to, cancellationToken), cancellationToken);
                if (++done % ProgressEvery == 0) await progress(0.8 + 0.2 * done / _assets.Count);
            }
        }

        private async Task<List<FileFacts>> FilesAsync(CancellationToken cancellationToken)
        {
            var files = new List<FileFacts>();
            foreach (var path in FileDigest.List(folder))
                files.Add(new FileFacts(path, new FileInfo(PathOf(path)).Length, await FileDigest.OfFileAsync(PathOf(path), cancellationToken)));
            return files;
        }
    }
}
