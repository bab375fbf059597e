using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Hands out the next lease.</summary>
internal sealed class NextOperation(Worker worker, ProjectId project) : SqliteOperation<NextResult>
{
    private readonly NextSearch _search = new(worker, project, newest: false);

    public override void Reset() => _search.Reset();

    protected override NextResult? Decide(QueueSession session) => _search.Run(session);
}
