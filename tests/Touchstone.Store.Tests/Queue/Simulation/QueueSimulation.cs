using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue.Simulation;

/// <summary>Fifty contributors, one or (on PostgreSQL) two servers, a clock that jumps, statements that fail, servers that die.</summary>
internal sealed class QueueSimulation : IAsyncDisposable
{
    private const int Contributors = 50;

    private readonly StoreFixture _fixture;
    private readonly ManualClock _clock;
    private readonly StoreSeed _seed;
    private readonly Random _random;
    private readonly List<SimulatedServer> _servers = [];
    private readonly List<SimulatedContributor> _people = [];
    private readonly ConcurrentDictionary<string, int> _tally = new();
    private readonly Invariants _invariants;
    private ProjectId _project;
    private BatchId _batch;
    private int _step;
    private int _epoch;

    private QueueSimulation(StoreFixture fixture, ManualClock clock, StoreSeed seed, int number)
    {
        (_fixture, _clock, _seed, _random) = (fixture, clock, seed, new Random(number));
        _invariants = new Invariants(fixture.Database);
        var servers = fixture.Kind == DatabaseKind.Sqlite ? 1 : 2;
        for (var i = 0; i < servers; i++) _servers.Add(new SimulatedServer(fixture.Database, clock, number + i));
    }

    public string Place => $"epoch {_epoch}, step {_step}";

    public string Tally => string.Join(", ", _tally.OrderBy(t => t.Key).Select(t => $"{t.Key} {t.Value:n0}"));

    public static async Task<QueueSimulation> CreateAsync(DatabaseKind kind, int seed)
    {
        var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        var clock = new ManualClock();
        var made = await StoreSeed.CreateAsync(fixture.Database, clock);
        var simulation = new QueueSimulation(fixture, clock, made, seed);
        for (var i = 0; i < Contributors; i++)
        {
            var worker = await made.AddWorkerAsync(i < 10 ? Role.Reviewer : Role.Contributor);
            simulation._people.Add(new SimulatedContributor(worker, simulation.Count));
        }

        return simulation;
    }

    private void Count(string what) => _tally.AddOrUpdate(what, 1, (_, n) => n + 1);

    /// <summary>A project from its import to its last task.</summary>
    public async Task RunEpochAsync(int steps)
    {
        _epoch++;
        (_project, _batch) = await _seed.AddProjectAsync(overlap: 2, goldRate: 0.1);
        await ImportAsync(300, TaskPurpose.Label);
        await ImportAsync(12, TaskPurpose.Gold);
        await ImportAsync(3, TaskPurpose.Training);
        if (_epoch % 2 == 1) await WriteAsync(store => store.Projects.Where(p => p.Id == _project).ExecuteUpdateAsync(s => s.SetProperty(p => p.EvaluationTasks, 3)));
        foreach (var person in _people) person.Begin(_project);
        for (_step = 0; _step < steps; _step++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(1, 2000)));
            await StepAsync();
            if (_step % 4 == 0) await _invariants.CheckAsync(_project, _people, all: _step % 1000 == 0);
        }

        await HealAsync();
        await DrainAsync();
        await _invariants.CheckAsync(_project, _people, all: true);
        await _invariants.CheckNothingStuckAsync(_project, _people);
    }

    private async Task StepAsync()
    {
        var dice = _random.Next(1000);
        if (dice < 10) _clock.Advance(TimeSpan.FromMinutes(_random.Next(5, 50)));
        else if (dice < 40) await AnyServer().TryAsync(queue => queue.ExpireAsync(_random.Next(1, 30), default));
        else if (dice < 55) await AskAgainAsync();
        else if (dice < 70) await SendBackAsync();
        else if (dice < 85) await MoveToReviewAsync();
        else if (dice < 90) await CloseAsync();
        else if (dice < 95) await PauseAsync();
        else if (dice < 100) await ChangePriorityAsync();
        else if (dice < 103) await ImportAsync(_random.Next(1, 40), TaskPurpose.Label);
        else if (dice < 105) await DrawAuditAsync();
        else if (dice < 109) await ChangeStandingAsync();
        else if (dice < 125) await CrashAsync();
        else if (dice < 250) await Task.WhenAll(Enumerable.Range(0, _random.Next(2, 20)).Select(_ => ActAsync()).ToList());
        else await ActAsync();
    }

    private Task ActAsync() => _people[_random.Next(_people.Count)].ActAsync(AnyServer(), new Random(_random.Next()), _fixture.Database, _clock);

    private SimulatedServer AnyServer() => _servers[_random.Next(_servers.Count)];

    /// <summary>A server fails or dies at a statement somewhere in what several people ask of it.</summary>
    private async Task CrashAsync()
    {
        var server = AnyServer();
        var kills = _random.Next(3) > 0;
        Count(kills ? "kill" : "fault");
        server.Faults.Arm(_random.Next(1, 60), _random.Next(1, 4), kills);
        var people = Enumerable.Range(0, _random.Next(1, 8)).Select(_ => _people[_random.Next(_people.Count)]).Distinct().ToList();
        await Task.WhenAll(people.Select(person => person.ActAsync(server, new Random(_random.Next()), _fixture.Database, _clock)).ToList());
        server.Faults.Disarm();
        if (kills) await server.RestartAsync();
    }

    private Task<ImportCount> ImportAsync(int count, TaskPurpose purpose)
    {
        Count("import");
        var tasks = Enumerable.Range(0, count).Select(i => new NewTask
        {
            Purpose = purpose,
            Priority = _random.Next(4, 7),
            Overlap = _random.Next(1, 4),
            GoldAnswers = purpose is TaskPurpose.Gold or TaskPurpose.Training ? "{}" : null,
        }).ToList();
        return TaskImporter.ImportAsync(_fixture.Database, _project, _batch, _seed.OwnerId, tasks.ToAsyncEnumerable(), _clock, null, default);
    }

    private async Task<LabelTask?> AnyTaskAsync(Func<IQueryable<LabelTask>, IQueryable<LabelTask>> which)
    {
        await using var store = _fixture.Database.CreateContext();
        var tasks = which(store.Tasks.AsNoTracking().Where(t => t.ProjectId == _project && t.Purpose != TaskPurpose.Gold && t.Purpose != TaskPurpose.Training)).OrderBy(t => t.Id);
        var count = await tasks.CountAsync();
        return count == 0 ? null : await tasks.Skip(_random.Next(count)).FirstAsync();
    }

    private async Task DrawAuditAsync()
    {
        if (await AnyTaskAsync(t => t.Where(x => x.ResponseCount > 0 && x.AuditOf == null)) is not { } task) return;
        Count("audit");
        await WriteAsync(async store =>
        {
            var audit = new LabelTask
            {
                Id = LabelTaskId.New(_clock.Now()),
                OrganizationId = task.OrganizationId,
                CompartmentId = task.CompartmentId,
                ProjectId = _project,
                BatchId = _batch,
                OntologyVersion = 1,
                Purpose = TaskPurpose.Audit,
                AuditOf = task.Id,
                Overlap = 1,
                CreatedAt = _clock.Now(),
            };
            await QueueChanges.EnqueueAsync(store, [audit], default);
            store.Add(audit);
        });
    }

    private async Task AskAgainAsync()
    {
        if (await AnyTaskAsync(t => t.Where(x => x.State != TaskState.Withdrawn)) is not { } task) return;
        Count("ask again");
        await WriteAsync(async store =>
        {
            await QueueChanges.AskAgainAsync(store, task.Id, task.Overlap + 1, default);
            await SetStateAsync(store, task.Id, TaskState.Open);
        });
    }

    private async Task MoveToReviewAsync()
    {
        if (await AnyTaskAsync(t => t.Where(x => x.ResponseCount > 0 && x.State == TaskState.Open)) is not { } task) return;
        Count("to review");
        await WriteAsync(store => SetStateAsync(store, task.Id, TaskState.InReview));
    }

    private async Task CloseAsync()
    {
        if (await AnyTaskAsync(t => t.Where(x => x.OpenSlots > 0)) is not { } task) return;
        Count("close");
        await WriteAsync(async store =>
        {
            await QueueChanges.CloseAsync(store, task.Id, default);
            await SetStateAsync(store, task.Id, TaskState.Withdrawn);
        });
    }

    private async Task ChangePriorityAsync()
    {
        if (await AnyTaskAsync(t => t) is not { } task) return;
        Count("priority");
        await WriteAsync(store => QueueChanges.SetPriorityAsync(store, task.Id, _random.Next(10), default));
    }

    private async Task SendBackAsync()
    {
        await using var store = _fixture.Database.CreateContext();

        // Gold is never reviewed, so nobody can send an answer to it back.
        var responses = store.Responses.Where(r => r.ProjectId == _project && store.Tasks.Any(t => t.Id == r.TaskId && t.Purpose != TaskPurpose.Gold)).OrderBy(r => r.Id);
        var count = await responses.CountAsync();
        if (count == 0) return;
        Count("send back");
        var response = (await responses.Skip(_random.Next(count)).Select(r => new { r.Id }).FirstAsync()).Id;
        await WriteAsync(to => QueueChanges.SendBackAsync(to, response, _clock.Now(), TimeSpan.FromHours(2), default));
    }

    /// <summary>Somebody is to train, is evaluated, or works again.</summary>
    private async Task ChangeStandingAsync()
    {
        var person = _people[_random.Next(_people.Count)];
        var state = (StandingState)_random.Next(3);
        Count($"standing {state}");
        await WriteAsync(async store =>
        {
            var row = await store.Standings.FindAsync(_project, person.Worker.ContributorId);
            if (row is null)
            {
                row = new ContributorStanding
                {
                    ProjectId = _project,
                    ContributorId = person.Worker.ContributorId,
                    OrganizationId = person.Worker.OrganizationId,
                    State = state,
                    Since = _clock.Now(),
                };
                store.Add(row);
            }

            (row.State, row.TrainingLeft, row.EvaluationLeft) = (state, state == StandingState.Training ? 2 : 0, state == StandingState.Evaluation ? 3 : 0);
        });
        person.IsToTrain = state == StandingState.Training;
    }

    private async Task PauseAsync()
    {
        Count("pause");
        await SetStateAsync(ProjectState.Paused);
        for (var i = 0; i < 5; i++) await ActAsync();
        await SetStateAsync(ProjectState.Active);
    }

    private Task<int> SetStateAsync(ProjectState state) =>
        WriteAsync(store => store.Projects.Where(p => p.Id == _project).ExecuteUpdateAsync(s => s.SetProperty(p => p.State, state)));

    private static Task<int> SetStateAsync(StoreContext store, LabelTaskId task, TaskState state) =>
        store.Tasks.Where(t => t.Id == task).ExecuteUpdateAsync(s => s.SetProperty(t => t.State, state));

    private Task<int> WriteAsync(Func<StoreContext, Task> work) => _fixture.Database.WriteAsync(async (store, _) =>
    {
        await work(store);
        return 0;
    }, default);

    private async Task HealAsync()
    {
        foreach (var server in _servers) server.Faults.Disarm();
        _clock.Advance(TimeSpan.FromHours(3));
        while (await _servers[0].Queue.ExpireAsync(1000, default) > 0) Count("sweep");
        await WriteAsync(store => store.Standings.Where(s => s.ProjectId == _project).ExecuteUpdateAsync(s => s.SetProperty(x => x.State, StandingState.Working)));
        foreach (var person in _people) person.IsToTrain = false;
    }

    /// <summary>Everybody works, without faults, until nobody is given anything.</summary>
    private async Task DrainAsync()
    {
        foreach (var person in _people) await person.DrainAsync(AnyServer().Queue, _project);
        foreach (var person in _people) await person.DrainAsync(AnyServer().Queue, _project);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.Queue.DisposeAsync();
        foreach (var person in _people) person.Dispose();
        await _fixture.DisposeAsync();
    }
}
