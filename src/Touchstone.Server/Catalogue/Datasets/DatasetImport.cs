using System.Text;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Formats.Exchange;
using Touchstone.Server.Catalogue.Assets;
using Touchstone.Server.Catalogue.Tasks;
using Touchstone.Server.Host;
using Touchstone.Server.Jobs;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>Puts a data set into a project, some inputs at a time: pictures, tasks, and what was said of them. Each step may be repeated, so an import that was cut short is finished by running it again.</summary>
internal sealed class DatasetImport
{
    /// <summary>Inputs that one transaction takes.</summary>
    internal const int InputsAtOnce = 200;
    private readonly JobRun _run;
    private readonly StagedDataset _dataset;
    private readonly Project _project;
    private readonly DatasetPlan _plan;
    private readonly DatasetReader _reader;
    private readonly StoreDatabase _database;
    private readonly ContentFolder _content;
    private readonly ServerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ImportedPeople _people;
    private readonly BesidesImport _besides;
    private readonly FaultLog _faults = new();

    // What was answered elsewhere at a time that nobody knows was answered before anything was proposed here.
    private readonly DateTimeOffset _began;
    private HashSet<AssetId> _training = [];
    private ImportCount _tasks = new(0, 0);
    private long _responses, _responsesBefore, _gold;

    public DatasetImport(JobRun run, StagedDataset dataset, Project project, DatasetPlan plan, DatasetReader reader)
    {
        (_run, _dataset, _project, _plan, _reader) = (run, dataset, project, plan, reader);
        _database = run.Services.GetRequiredService<StoreDatabase>();
        _content = run.Services.GetRequiredService<ContentFolder>();
        _options = run.Services.GetRequiredService<ServerOptions>();
        _clock = run.Services.GetRequiredService<TimeProvider>();
        _began = _clock.Now();
        _people = new ImportedPeople(dataset.OrganizationId, project.Id, plan, dataset.Name);
        _besides = new BesidesImport(_database, _clock, dataset, project, plan, _people, _faults);
    }

    public async Task<DatasetReport> RunAsync(IReadOnlyDictionary<string, ContributorId?> people, CancellationToken cancellationToken)
    {
        var batch = await BatchAsync(cancellationToken);
        if (_plan.As == ImportedAs.Gold)
        {
            await using var store = _database.CreateContext();
            _training = await KnownPictures.OfTrainingAsync(store, _project.Id, cancellationToken);
        }

        await _besides.BeginAsync(cancellationToken);
        List<ReadSample> samples = new(InputsAtOnce);
        await foreach (var sample in _reader.ReadAsync(cancellationToken))
        {
            samples.Add(sample);
            if (samples.Count < InputsAtOnce) continue;
            await ImportAsync(batch, samples, cancellationToken);
            samples.Clear();
        }

        await ImportAsync(batch, samples, cancellationToken);
        await _besides.EndAsync(cancellationToken);
        var report = _reader.Report(people);
        return report with
        {
            Faults = report.Faults + _faults.Count,
            FirstFaults = [.. report.FirstFaults, .. _faults.Kept.Take(100)],
            TasksImported = _tasks.Imported,
            TasksRepeated = _tasks.Repeated,
            GoldImported = _gold,
            ResponsesImported = _responses,
            ResponsesRepeated = _responsesBefore,
            PrelabelsImported = _besides.Prelabels,
            SkipsImported = _besides.Skips,
            DraftsImported = _besides.Drafts,
            BesidesRepeated = _besides.Repeated,
        };
    }

    /// <summary>The batch has the job's id, so that a second attempt goes on with it.</summary>
    private async Task<BatchId> BatchAsync(CancellationToken cancellationToken)
    {
        var id = BatchId.From(_run.Id.Value);
        await _database.WriteAsync(
            async (store, cancel) =>
            {
                if (await store.Batches.AnyAsync(b => b.Id == id, cancel)) return false;
                store.Add(new Batch { Id = id, OrganizationId = _project.OrganizationId, CompartmentId = _project.CompartmentId, ProjectId = _project.Id, Name = _dataset.Name, CreatedBy = _run.CreatedBy, CreatedAt = _clock.Now() });
                return true;
            },
            cancellationToken);
        return id;
    }

    private async Task ImportAsync(BatchId batch, List<ReadSample> samples, CancellationToken cancellationToken)
    {
        List<Intake> taken = new(samples.Count);
        foreach (var sample in samples)
            if (await TakeAsync(sample, cancellationToken) is { } intake) taken.Add(intake);
        if (taken.Count > 0)
        {
            await RequireOntologyAsync(cancellationToken);
            var before = await _besides.NamedAsync(taken, cancellationToken);
            var count = await TaskImporter.ImportAsync(_database, _project.Id, batch, _run.CreatedBy, TasksAsync(taken), _clock, progress: null, cancellationToken);
            _tasks = new(_tasks.Imported + count.Imported, _tasks.Repeated + count.Repeated);
            if (_plan.As == ImportedAs.Gold) _gold += taken.Count(t => t.Sample.Answers.Count > 0) - await KeptAsync(taken, batch, cancellationToken);
            if (count.Repeated > 0 || _plan.As is ImportedAs.Responses or ImportedAs.Prelabels) await RespondAsync(taken, before, cancellationToken);
        }

        await _run.ReportAsync(1 - 1 / (1 + _reader.Read / 5_000.0));
    }

    /// <summary>Answers were made under one version of the ontology, and tasks are made under the present one.</summary>
    private async Task RequireOntologyAsync(CancellationToken cancellationToken)
    {
        await using var store = _database.CreateContext();
        var now = await store.Projects.Where(p => p.Id == _project.Id).Select(p => p.OntologyVersion).SingleAsync(cancellationToken);
        if (now != _project.OntologyVersion) throw new JobFailedException("The project's ontology was changed during the import. What went in stays; import again for the rest.");
    }

    private async Task<Intake?> TakeAsync(ReadSample sample, CancellationToken cancellationToken)
    {
        if (sample.Picture is null)
        {
            _faults.Add(sample.Name, "", "its picture is not among the files, so that it becomes no task");
            return null;
        }

        if (sample.Name.Length > TaskLineReader.ExternalIdMax || sample.Name.Any(char.IsControl))
        {
            _faults.Add(sample.Name[..Math.Min(80, sample.Name.Length)], "", $"expected a name of at most {TaskLineReader.ExternalIdMax} characters, none of them a control character");
            return null;
        }

        await using var picture = new FileStream(sample.Picture, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        try
        {
            switch (await AssetIntake.TakeAsync(_database, _content, _project.OrganizationId, _project.CompartmentId, picture, _options.AssetBytesMax, sample.Name, synthetic: false, _clock.Now(), cancellationToken))
            {
                case AssetIntake.Taken taken when _plan.As == ImportedAs.Gold && _training.Contains(taken.Asset.Id):
                    _faults.Add(sample.Name, "", "the picture is shown in training, where its answer is told, and so cannot be gold");
                    return null;
                case AssetIntake.Taken taken:
                    return new Intake(sample, taken.Asset.Id);
                case AssetIntake.NoPicture refused:
                    _faults.Add(sample.Name, "", refused.Fault.Message);
                    return null;
                case AssetIntake.Withdrawn:
                    _faults.Add(sample.Name, "", "these bytes were withdrawn before and are not taken again");
                    return null;
                default:
                    throw new IOException($"{sample.Name} was removed while it came in.");
            }
        }
        catch (ContentTooLargeException)
        {
            _faults.Add(sample.Name, "", $"expected a picture of at most {_options.AssetBytesMax} bytes; found more");
            return null;
        }
    }

    private async IAsyncEnumerable<NewTask> TasksAsync(List<Intake> taken)
    {
        foreach (var (sample, asset) in taken)
        {
            var gold = _plan.As == ImportedAs.Gold && sample.Answers is [var only, ..] ? Encoding.UTF8.GetString(only.Json) : null;
            yield return new NewTask { ExternalId = sample.Name, AssetId = asset, Purpose = gold is null ? TaskPurpose.Label : TaskPurpose.Gold, GoldAnswers = gold, Prelabel = _besides.PrelabelOf(sample)?.ToJson() };
        }

        await Task.CompletedTask;
    }

    /// <summary>Adds what was said to the tasks, which are there now; a task of that name with another picture is told and left as it is.</summary>
    private async Task RespondAsync(List<Intake> taken, HashSet<string> before, CancellationToken cancellationToken)
    {
        var names = taken.Select(t => t.Sample.Name).Distinct(StringComparer.Ordinal).ToArray();
        await using var store = _database.CreateContext();
        var tasks = await store.Tasks.AsNoTracking().Where(t => t.ProjectId == _project.Id && names.Contains(t.ExternalId))
            .Select(t => new { t.Id, t.ExternalId, t.AssetId, t.OntologyVersion }).ToDictionaryAsync(t => t.ExternalId!, StringComparer.Ordinal, cancellationToken);
        List<(LabelTaskId Task, Intake Intake)> open = [];
        foreach (var (sample, asset) in taken)
        {
            var task = tasks[sample.Name];
            if (task.AssetId != asset) _faults.Add(sample.Name, "", "the project has a task of this name with another picture");
            else if (_plan.As is ImportedAs.Responses or ImportedAs.Prelabels && task.OntologyVersion != _project.OntologyVersion) _faults.Add(sample.Name, "", $"the project has the task under version {task.OntologyVersion} of its ontology, and the answers are under version {_project.OntologyVersion}");
            else open.Add((task.Id, new(sample, asset)));
        }

        var byTask = tasks.Values.ToDictionary(t => t.Id, t => t.ExternalId!);
        await _besides.ProposeAsync(open, before, byTask, cancellationToken);
        if (_plan.As == ImportedAs.Responses) await RespondAsync(open, byTask, cancellationToken);
        if (_plan.IsWhole) await _besides.AddLeasesAsync(open, byTask, cancellationToken);
    }

    private async Task RespondAsync(List<(LabelTaskId Task, Intake Intake)> open, Dictionary<LabelTaskId, string> byTask, CancellationToken cancellationToken)
    {
        if (open.All(o => o.Intake.Sample.Answers.Count == 0)) return;
        var now = _clock.Now();
        var (outcome, superseded) = await _database.WriteAsync(
            async (write, cancel) =>
            {
                await ImportTurn.TakeAsync(write, _project.Id, cancel);
                var (latest, count) = await ImportedAnswers.OfAsync(write, _people, open.Select(o => (o.Task, o.Intake.Sample)), _began, now, cancel);
                return (await ResponseImporter.AddAsync(write, latest, now, cancel), (Count: count - latest.Count, open.First(o => o.Intake.Sample.Answers.Count > 0).Task));
            },
            cancellationToken);
        _database.OutboxSignal.Raise();
        _responses += outcome.Added;
        _responsesBefore += outcome.Before;
        foreach (var changed in outcome.Changed) _faults.Add(byTask[changed.Task], "", ImportedAnswers.Changed(changed));
        foreach (var refused in outcome.Refused) _faults.Add(byTask[refused.Task], "", "an answer is not taken, since its member holds the task, passed it by or judged it here");
        if (superseded.Count > 0) _faults.Add(byTask[superseded.Task], "", $"{superseded.Count} answers near here are not taken: the plan makes their annotators one member, whose latest answer to an input stands");
    }

    /// <summary>Tells of inputs that the project has and that cannot become the gold that the plan makes of them; what is there stays.</summary>
    /// <returns>Inputs whose known answers an earlier import brought, or this one does not bring.</returns>
    private async Task<int> KeptAsync(List<Intake> taken, BatchId batch, CancellationToken cancellationToken)
    {
        var names = taken.Select(t => t.Sample.Name).Distinct(StringComparer.Ordinal).ToArray();
        await using var store = _database.CreateContext();
        var there = await store.Tasks.AsNoTracking().Where(t => t.ProjectId == _project.Id && t.BatchId != batch && names.Contains(t.ExternalId))
            .Select(t => new { t.ExternalId, t.Purpose, Known = store.Gold.Where(g => g.TaskId == t.Id).Select(g => g.Answers).FirstOrDefault() }).ToDictionaryAsync(t => t.ExternalId!, StringComparer.Ordinal, cancellationToken);
        var kept = 0;
        foreach (var (sample, _) in taken)
        {
            if (sample.Answers is not [var answers, ..] || !there.TryGetValue(sample.Name, out var task)) continue;
            kept++;
            if (task.Purpose != TaskPurpose.Gold) _faults.Add(sample.Name, "", "the project has it as a task that is no gold, and it stays that: import known answers before the rest, or make gold of it once it is reviewed");
            else if (task.Known != Encoding.UTF8.GetString(answers.Json)) _faults.Add(sample.Name, "", "gold with another known answer stands here and is kept");
        }

        return kept;
    }
}
