using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>Lets one transaction at a time decide who an import's annotators are and what of theirs is there: two that run at once would each find nobody.</summary>
public static class ImportTurn
{
    /// <summary>Waits for this project's turn, which lasts to the end of the caller's transaction. SQLite has one writer anyway.</summary>
    public static async Task TakeAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken)
    {
        if (!store.IsSqlite) await store.Command("SELECT id FROM projects WHERE id = @p0 FOR NO KEY UPDATE", project.Value).RunAsync(cancellationToken);
    }
}
