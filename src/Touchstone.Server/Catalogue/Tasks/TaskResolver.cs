using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Lines;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Tasks;

/// <summary>Turns lines into tasks of a project: looks their assets up many at a time and checks gold answers; what does not hold goes to the faults.</summary>
internal sealed class TaskResolver
{
    public const int LineBytesMax = 1 << 20;
    private const int LinesAtOnce = 1_000;
    private readonly StoreContext _store;
    private readonly Project _project;
    private readonly Ontology _ontology;
    private readonly FaultList _faults;
    private readonly RepeatCheck _repeats;

    private TaskResolver(StoreContext store, Project project, Ontology ontology, FaultList faults, RepeatCheck repeats) =>
        (_store, _project, _ontology, _faults, _repeats) = (store, project, ontology, faults, repeats);

    private readonly record struct Known(AssetId Id, string Sha256, int WidthPx, int HeightPx, bool Withdrawn);

    public static async Task<TaskResolver> OpenAsync(StoreContext store, Project project, FaultList faults, RepeatCheck repeats, CancellationToken cancellationToken)
    {
        var json = await store.OntologyVersions.Where(o => o.ProjectId == project.Id && o.Number == project.OntologyVersion).Select(o => o.Json).SingleAsync(cancellationToken);
        return new(store, project, OntologyJson.Parse(Encoding.UTF8.GetBytes(json)).ValueOrThrow(), faults, repeats);
    }

    /// <summary>The good lines, in order.</summary>
    public async IAsyncEnumerable<NewTask> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new List<TaskLine>(LinesAtOnce);
        await foreach (var line in NdjsonReader.ReadAsync(body, LineBytesMax, cancellationToken))
        {
            if (line.IsTooLong) _faults.Add(new(line.Number, "line_too_long", "", $"at most {LineBytesMax} bytes", "more"));
            else if (TaskLineReader.TryRead(line.Number, line.Bytes.Span, out var task, out var fault)) lines.Add(task);
            else _faults.Add(fault!);
            if (lines.Count < LinesAtOnce) continue;
            await foreach (var task in HandOverAsync(lines, cancellationToken)) yield return task;
            lines.Clear();
        }

        await foreach (var task in HandOverAsync(lines, cancellationToken)) yield return task;
    }

    private async IAsyncEnumerable<NewTask> HandOverAsync(List<TaskLine> lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (line, task) in await ResolveAsync(lines, cancellationToken))
        {
            await _repeats.HandOverAsync(line, task, cancellationToken);
            yield return task;
        }
    }

    private async Task<List<(long Line, NewTask Task)>> ResolveAsync(List<TaskLine> lines, CancellationToken cancellationToken)
    {
        var byId = await FindByIdAsync(lines, cancellationToken);
        var bySha256 = await FindBySha256Async(lines, cancellationToken);
        var gold = lines.Exists(l => l.IsTraining) ? await KnownPictures.OfGoldAsync(_store, _project.Id, cancellationToken) : [];
        var training = lines.Exists(l => !l.IsTraining && l.Gold is not null) ? await KnownPictures.OfTrainingAsync(_store, _project.Id, cancellationToken) : [];
        var tasks = new List<(long, NewTask)>(lines.Count);
        foreach (var line in lines)
        {
            var found = line.AssetId is { } id ? byId.TryGetValue(id, out var asset) : bySha256.TryGetValue(line.Sha256!, out asset);
            if (Fault(line, found, asset) is { } fault) _faults.Add(fault);
            else if (line.IsTraining && gold.Contains(asset.Id)) _faults.Add(new(line.Number, "asset_is_gold", "/purpose", "a picture that is not gold in this project: training would tell its answer", $"{asset.Id}, which is"));
            else if (!line.IsTraining && line.Gold is not null && training.Contains(asset.Id)) _faults.Add(new(line.Number, "asset_trains", "/gold", "a picture that no training task of this project shows: its answer is told", $"{asset.Id}, which one shows"));
            else if (TryGold(line, asset, out var answers)) tasks.Add((line.Number, Make(line, asset.Id, answers)));
        }

        return tasks;
    }

    private static LineFault? Fault(in TaskLine line, bool found, in Known asset)
    {
        var (pointer, value) = line.AssetId is { } id ? ("/asset", id.ToString()) : ("/sha256", line.Sha256!);
        if (!found) return new(line.Number, "unknown_asset", pointer, "an asset in the project's compartment, uploaded before", value);
        if (asset.Withdrawn) return new(line.Number, "asset_withdrawn", pointer, "an asset whose bytes are still there", value);
        return line.Sha256 is not null && line.Sha256 != asset.Sha256 ? new(line.Number, "sha256_differs", "/sha256", $"{asset.Sha256}, the digest of the asset named", line.Sha256) : null;
    }

    private bool TryGold(in TaskLine line, in Known asset, out string? gold)
    {
        gold = null;
        if (line.Gold is null) return true;
        var answers = JsonElement.Parse(line.Gold);
        var faults = AnswerChecker.Check(_ontology, answers, InputExtent.Image(asset.WidthPx, asset.HeightPx));
        if (faults.Count == 0)
        {
            gold = Encoding.UTF8.GetString(AnswerSet.Parse(_ontology, answers).ToJson());
            return true;
        }

        _faults.Add(new(line.Number, "invalid_gold", "/gold" + faults[0].Pointer, faults[0].Expected, faults[0].Found));
        return false;
    }

    private static NewTask Make(in TaskLine line, AssetId asset, string? gold) => new()
    {
        ExternalId = line.ExternalId,
        AssetId = asset,
        Priority = line.Priority,
        Overlap = line.Overlap,
        Purpose = line.IsTraining ? TaskPurpose.Training : gold is null ? TaskPurpose.Label : TaskPurpose.Gold,
        GoldAnswers = gold,
        Explanation = line.Explanation,
    };

    private async Task<Dictionary<AssetId, Known>> FindByIdAsync(List<TaskLine> lines, CancellationToken cancellationToken)
    {
        var ids = lines.Where(l => l.AssetId is not null).Select(l => l.AssetId!.Value).Distinct().ToArray();
        return ids.Length == 0 ? [] : (await FindAsync(Assets().Where(a => ids.Contains(a.Id)), cancellationToken)).ToDictionary(a => a.Id);
    }

    private async Task<Dictionary<string, Known>> FindBySha256Async(List<TaskLine> lines, CancellationToken cancellationToken)
    {
        var digests = lines.Where(l => l.AssetId is null).Select(l => l.Sha256!).Distinct().ToArray();
        return digests.Length == 0 ? [] : (await FindAsync(Assets().Where(a => digests.Contains(a.Sha256)), cancellationToken)).ToDictionary(a => a.Sha256);
    }

    private IQueryable<Asset> Assets() => _store.Assets.Where(a => a.OrganizationId == _project.OrganizationId && a.CompartmentId == _project.CompartmentId);

    private static Task<List<Known>> FindAsync(IQueryable<Asset> assets, CancellationToken cancellationToken) =>
        assets.Select(a => new Known(a.Id, a.Sha256, a.WidthPx, a.HeightPx, a.WithdrawnAt != null)).ToListAsync(cancellationToken);
}
