using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>A cursor's way: to <paramref name="Passed"/> in any case, to <paramref name="IfGiven"/> when the lease is really given.</summary>
internal readonly record struct CursorMove(int Lane, long Passed, long IfGiven, LeaseId? Lease);

/// <summary>The task that a search settled on.</summary>
internal sealed record Choice(LeaseId LeaseId, LeaseToken Token, LabelTaskId TaskId, bool IsGold, LeaseMarks Own);

/// <summary>One worker's walk along the lanes.</summary>
internal sealed class Search(GroupOperation operation, DateTimeOffset now)
{
    private readonly List<HeldLease> _held = [];
    private List<int> _lanes = [];
    private int _at;
    private long _position;
    private long _passed;
    private bool _waited;
    private bool _touched;
    private int? _gold;

    public GroupOperation Operation { get; } = operation;

    public Worker Worker => Operation.Worker;

    public Dictionary<int, long> Cursors { get; } = [];

    public ProjectFacts Project { get; private set; } = null!;

    public Choice? Choice { get; private set; }

    public List<CursorMove> Moves { get; } = [];

    /// <summary>Returned gold that the worker comes to first.</summary>
    public Standing? Standing { get; private set; }

    /// <summary>Returned gold that does not come back.</summary>
    public List<LabelTaskId> Forgotten { get; } = [];

    /// <summary>Takes what stands for the worker, foremost first.</summary>
    public void AddStanding(Standing gold)
    {
        if (gold.Comes) Standing ??= gold;
        else Forgotten.Add(gold.TaskId);
    }

    public void AddHeld(HeldLease lease) => _held.Add(lease);

    public HeldLease? HeldAgain(int most) => HeldLease.Again(_held, most, Operation.PrefersNewest);

    /// <param name="project">Where it walks.</param>
    /// <param name="lanes">Those that it may enter, first to last; at least one, unless there is returned gold to give or to forget.</param>
    /// <param name="gold">The gold lane to look in first, when gold was drawn.</param>
    public void Begin(ProjectFacts project, List<int> lanes, int? gold)
    {
        (Project, _lanes, _gold) = (project, lanes, gold);
        var (lane, number) = Operation.LeftAt ?? (int.MaxValue, 0);
        Enter(Math.Max(0, lanes.FindIndex(each => each <= lane)));
        if (_at == _lanes.Count || _lanes[_at] != lane || number <= _position) return;

        // An earlier group came so far, over tasks that have to wait: the cursor stays before them.
        (_position, _waited) = (number, true);
    }

    private void Enter(int lane)
    {
        (_at, _waited) = (lane, false);
        _position = _passed = lane < _lanes.Count ? CursorOf(_lanes[lane]) : 0;
    }

    private long CursorOf(int lane) => Cursors.GetValueOrDefault(lane);

    /// <summary>Stretches of lanes that the search needs to see next.</summary>
    public IEnumerable<Stretch> Wants(int rows, int goldRows)
    {
        if (_at < _lanes.Count) yield return new(Project.Id, _lanes[_at], _position, rows);
        if (_gold is not { } first) yield break;
        for (var i = 0; i < Lanes.GoldCount; i++)
        {
            var lane = Lanes.Gold(first + i);
            yield return new(Project.Id, lane, CursorOf(lane), goldRows);
        }
    }

    /// <summary>Walks what has been read.</summary>
    /// <returns>True when it has come to an end: a choice, or nothing.</returns>
    public bool Advance(Walks walks)
    {
        for (; _at < _lanes.Count; Enter(_at + 1))
        {
            var lane = _lanes[_at];
            if (Standing?.Lane > lane) break;
            while (walks.Find(Project.Id, lane, _position) is { } stretch)
            {
                if (Walk(stretch, lane, walks)) return true;
                if (!stretch.IsLast) continue;
                _position = long.MaxValue;
                break;
            }

            if (_position != long.MaxValue) return LeaveForNow(lane);
            Move(lane, _passed, _passed, lease: null);
        }

        Operation.LeftAt = null;
        if (Standing is not null) ChooseStanding();
        else if (!Operation.LooksAgain()) Operation.Granting = new NextResult.Nothing(_touched ? QueueReason.AllDoneByYou : QueueReason.NothingOpen);
        return true;
    }

    /// <summary>More of the lane has to be read; what was passed is kept, should this group end before.</summary>
    private bool LeaveForNow(int lane)
    {
        Move(lane, _passed, _passed, lease: null);
        Operation.LeftAt = (lane, _position);
        return false;
    }

    /// <summary>One move of a lane: a later one takes the place of an earlier.</summary>
    private void Move(int lane, long passed, long ifGiven, LeaseId? lease)
    {
        Moves.RemoveAll(move => move.Lane == lane);
        if (ifGiven > CursorOf(lane)) Moves.Add(new(lane, passed, ifGiven, lease));
    }

    private bool Walk(Stretch stretch, int lane, Walks walks)
    {
        var any = false;
        var until = Standing?.Lane == lane ? Standing.Number : long.MaxValue;
        foreach (var task in stretch.Tasks)
        {
            if (task.Number <= _position) continue;
            any = true;
            if (task.Number > until)
            {
                Move(lane, _passed, _passed, lease: null);
                ChooseStanding();
                return true;
            }

            var verdict = LeaseRules.Candidate(task.MarksOf(Worker.ContributorId), task.RelatedMarksOf(Worker.ContributorId));
            _touched |= verdict != Verdict.Take;
            if (verdict == Verdict.Take && !Operation.Avoided.Contains(task.Id) && walks.TakeSlot(task))
            {
                Choose(task, lane, walks);
                return true;
            }

            _position = task.Number;
            _waited |= verdict != Verdict.Pass;
            if (!_waited) _passed = task.Number;
        }

        // An empty stretch of a lane with open tasks: all of them lie below the cursor.
        _touched |= !any && stretch.Tasks.Count == 0;
        return false;
    }

    private void Choose(WalkedTask task, int lane, Walks walks)
    {
        var own = task.MarksOf(Worker.ContributorId);
        if ((own & LeaseMarks.Ended) == 0 && ChooseGold(walks))
        {
            walks.ReturnSlot(task);
            Move(lane, _passed, _passed, lease: null);
            return;
        }

        Choice = new(LeaseId.New(now), LeaseToken.New(now), task.Id, IsGold: false, own);
        Move(lane, _passed, _waited ? _passed : task.Number, Choice.LeaseId);
    }

    private void ChooseStanding() => Choice = new(LeaseId.New(now), LeaseToken.New(now), Standing!.TaskId, IsGold: true, Standing.Own);

    /// <summary>Gold in place of the task found; never when there is nothing else, nor in place of a task that comes back: who returned it and got
    /// another would know that one for gold.</summary>
    private bool ChooseGold(Walks walks)
    {
        if (_gold is not { } first) return false;
        for (var i = 0; i < Lanes.GoldCount; i++)
        {
            var lane = Lanes.Gold(first + i);
            if (walks.Find(Project.Id, lane, CursorOf(lane)) is not { } stretch) continue;
            var (passed, waited) = (CursorOf(lane), false);
            foreach (var task in stretch.Tasks.Where(task => task.Number > CursorOf(lane)))
            {
                // Gold made of a reviewed task is for those who did not answer that one: they would know the picture.
                var verdict = LeaseRules.Candidate(task.MarksOf(Worker.ContributorId), task.RelatedMarksOf(Worker.ContributorId));
                if (verdict == Verdict.Take)
                {
                    Choice = new(LeaseId.New(now), LeaseToken.New(now), task.Id, IsGold: true, task.MarksOf(Worker.ContributorId));
                    Move(lane, passed, waited ? passed : task.Number, Choice.LeaseId);
                    return true;
                }

                waited |= verdict == Verdict.Wait;
                if (!waited) passed = task.Number;
            }

            Move(lane, passed, passed, lease: null);
        }

        return false;
    }
}
