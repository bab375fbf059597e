using System.Collections.Concurrent;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue.Simulation;

/// <summary>
/// One contributor's browser: what it was told, what it sent without hearing an answer. It also says when an answer contradicts
/// what was acknowledged before.
/// </summary>
internal sealed class SimulatedContributor(Worker worker, Action<string> count) : IDisposable
{
    private sealed record Sent(string Body, ResponseId? Acknowledged);

    private readonly ConcurrentDictionary<LeaseToken, LeaseGrant> _leases = new();
    private readonly Dictionary<LeaseToken, Sent> _sent = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private ProjectId _project;

    public Worker Worker { get; } = worker;

    /// <summary>Training comes first for them: they are given no work.</summary>
    public bool IsToTrain { get; set; }

    /// <summary>Responses of which the queue said that they are stored, with their bodies.</summary>
    public ConcurrentDictionary<ResponseId, string> Acknowledged { get; } = new();

    /// <summary>Tasks that something was done to since the last look.</summary>
    public ConcurrentBag<LabelTaskId> Touched { get; } = [];

    public void Begin(ProjectId project)
    {
        _project = project;
        IsToTrain = false;
        _leases.Clear();
        _sent.Clear();
        Acknowledged.Clear();
        Touched.Clear();
    }

    /// <summary>Does one thing. A contributor has one pair of hands, but now and then two windows.</summary>
    public async Task ActAsync(SimulatedServer server, Random random, StoreDatabase database, ManualClock clock)
    {
        await _one.WaitAsync();
        try
        {
            var dice = random.Next(100);
            if (_leases.IsEmpty || dice < 25) await NextAsync(server, random);
            else if (dice < 55) await SubmitAsync(server, Any([.. _leases.Keys], random), random);
            else if (dice < 62) await RepeatAsync(server, random);
            else if (dice < 68) await EndAsync(server, Any([.. _leases.Keys], random), LeaseState.Skipped);
            else if (dice < 76) await EndAsync(server, Any([.. _leases.Keys], random), LeaseState.Returned);
            else if (dice < 82) await HeartbeatAsync(server, Any([.. _leases.Keys], random));
            else if (dice < 90) await DraftAsync(server, Any([.. _leases.Keys], random), random);
            else if (dice < 95) await TwoWindowsAsync(server, random);
            else await ReviewAsync(server, database, clock, random);
        }
        finally
        {
            _one.Release();
        }
    }

    private static T Any<T>(IReadOnlyCollection<T> items, Random random) => items.ElementAt(random.Next(items.Count));

    private void Heard(NextResult? next)
    {
        if (next is null) return;
        if (next is NextResult.Nothing nothing)
        {
            Assert.Equal(IsToTrain && nothing.Reason is not QueueReason.Paused, nothing.Reason == QueueReason.Training);
            count(IsToTrain ? "to train" : "nothing");
            return;
        }

        var lease = ((NextResult.Granted)next).Lease;
        Assert.Equal(_project, lease.ProjectId);
        if (lease.Purpose == LeasePurpose.Review) return;
        Assert.False(IsToTrain, "Somebody who is to train was given work.");
        count(lease.Purpose == LeasePurpose.Work ? "lease" : "correction");
        _leases[lease.Token] = lease;
        Touched.Add(lease.TaskId);
    }

    private async Task NextAsync(SimulatedServer server, Random random)
    {
        Heard(await server.TryAsync(queue => queue.NextAsync(Worker, _project, default)));

        // A browser forgets what is long over.
        if (_leases.Count > 12) _leases.TryRemove(Any([.. _leases.Keys], random), out _);
    }

    private Task TwoWindowsAsync(SimulatedServer server, Random random)
    {
        var token = Any([.. _leases.Keys], random);
        var body = Body(token, random);
        return Task.WhenAll(
            NextAsync(server, random),
            SubmitAsync(server, token, body, next: true),
            SubmitAsync(server, token, body, next: false));
    }

    private string Body(LeaseToken token, Random random)
    {
        lock (_sent) return _sent.TryGetValue(token, out var sent) ? sent.Body : $"{{\"by\":\"{Worker.ContributorId}\",\"n\":{random.Next()}}}";
    }

    private Task SubmitAsync(SimulatedServer server, LeaseToken token, Random random) =>
        SubmitAsync(server, token, Body(token, random), next: random.Next(3) > 0);

    /// <summary>Sends a body under a lease; one that was sent before is sent the same again, since nobody knows whether it arrived.</summary>
    private async Task SubmitAsync(SimulatedServer server, LeaseToken token, string body, bool next)
    {
        lock (_sent) _sent.TryAdd(token, new(body, null));
        Touched.Add(_leases[token].TaskId);
        var result = await server.TryAsync(queue => queue.SubmitAsync(QueueWorld.Submission(Worker, token, body, next), default));
        switch (result)
        {
            case SubmitResult.Accepted accepted:
                count("submit");
                Acknowledge(token, body, accepted.ResponseId);
                Heard(accepted.Next);
                break;
            case SubmitResult.Repeated repeated:
                count("repeat");
                Acknowledge(token, body, repeated.ResponseId);
                Heard(repeated.Next);
                break;
            case SubmitResult.Refused refused:
                count($"refused {refused.Reason}");
                lock (_sent) Assert.Null(_sent[token].Acknowledged);
                break;
        }
    }

    private void Acknowledge(LeaseToken token, string body, ResponseId response)
    {
        lock (_sent)
        {
            // Of two windows the one that repeats may hear first.
            if (_sent[token].Acknowledged is { } before) Assert.Equal(before, response);
            _sent[token] = new(body, response);
        }

        Acknowledged[response] = body;
    }

    /// <summary>What was acknowledged is sent again, the same and with another body.</summary>
    private async Task RepeatAsync(SimulatedServer server, Random random)
    {
        var known = _sent.Where(sent => sent.Value.Acknowledged is not null && _leases.ContainsKey(sent.Key)).ToList();
        if (known.Count == 0) return;
        var (token, sent) = Any(known, random);
        if (random.Next(2) == 0)
        {
            await SubmitAsync(server, token, sent.Body, next: false);
            return;
        }

        var other = await server.TryAsync(queue => queue.SubmitAsync(QueueWorld.Submission(Worker, token, sent.Body + " ", true), default));
        if (other is not null) Assert.Equal(new SubmitResult.Refused(QueueReason.DifferentBody), other);
    }

    private async Task EndAsync(SimulatedServer server, LeaseToken token, LeaseState becomes)
    {
        Touched.Add(_leases[token].TaskId);
        var result = await server.TryAsync(queue => becomes == LeaseState.Skipped
            ? queue.SkipAsync(Worker, token, "unclear", default)
            : queue.ReturnAsync(Worker, token, default));
        if (result is EndResult.Ended { Repeated: false })
        {
            count(becomes.ToString());
            Assert.False(_sent.TryGetValue(token, out var sent) && sent.Acknowledged is not null, "An answered lease was given up.");
        }
    }

    private async Task HeartbeatAsync(SimulatedServer server, LeaseToken token)
    {
        if (await server.TryAsync(queue => queue.HeartbeatAsync(Worker, token, default)) is HeartbeatResult.Extended) count("heartbeat");
    }

    private async Task DraftAsync(SimulatedServer server, LeaseToken token, Random random)
    {
        var before = await server.TryAsync(queue => queue.GetDraftAsync(Worker, token, default));
        var body = $"draft {random.Next()}";
        var result = await server.TryAsync(queue => queue.SaveDraftAsync(Worker, token, body, before?.Version ?? 0, default));
        if (result is not DraftResult.Saved saved) return;
        count("draft");
        Assert.Equal((before?.Version ?? 0) + 1, saved.Version);
        var after = await server.TryAsync(queue => queue.GetDraftAsync(Worker, token, default));
        if (after is not null) Assert.Equal((body, saved.Version), (after.Body, after.Version));
    }

    private async Task ReviewAsync(SimulatedServer server, StoreDatabase database, ManualClock clock, Random random)
    {
        var next = await server.TryAsync(queue => queue.NextReviewAsync(Worker, _project, null, default));
        if (next is not NextResult.Granted { Lease: var lease }) return;
        count("review lease");
        Touched.Add(lease.TaskId);
        var dice = random.Next(10);
        if (dice < 2) await server.TryAsync(queue => queue.ReturnAsync(Worker, lease.Token, default));
        if (dice < 3) return;
        var becomes = dice < 6 ? TaskState.Open : TaskState.Done;
        var gate = await database.WriteAsync(
            (store, stop) => QueueChanges.DecideReviewAsync(store, Worker, lease.Token, becomes, clock.Now(), stop), default);
        if (gate is QueueChanges.ReviewGate.Open) count("review");
    }

    /// <summary>Works until there is nothing more.</summary>
    public async Task DrainAsync(IWorkQueue queue, ProjectId project)
    {
        while (await queue.NextAsync(Worker, project, default) is NextResult.Granted { Lease: var lease })
        {
            _leases[lease.Token] = lease;
            var body = Body(lease.Token, new Random(1));
            var result = await queue.SubmitAsync(QueueWorld.Submission(Worker, lease.Token, body, next: false), default);
            var stored = result switch
            {
                SubmitResult.Accepted accepted => accepted.ResponseId,
                SubmitResult.Repeated repeated => repeated.ResponseId,
                _ => throw new InvalidOperationException($"A live lease was refused: {result}."),
            };
            Acknowledged[stored] = body;
            Touched.Add(lease.TaskId);
        }
    }

    public void Dispose() => _one.Dispose();
}
