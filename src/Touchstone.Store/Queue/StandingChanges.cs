using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>How contributors stand, as it changes by what they do. Every change is one statement in the caller's transaction (<see cref="StoreDatabase.WriteAsync"/>), under which the
/// row stays locked: a person may decide upon the same contributor at the same time.</summary>
public static class StandingChanges
{
    /// <summary>A contributor's row, locked.</summary>
    public sealed record Standing(StandingState State, int TrainingLeft, int EvaluationLeft, DateTimeOffset Since);

    /// <summary>The contributor's standing, locked until the transaction ends; a newcomer whom the project trains gets a row by it.</summary>
    /// <returns>Null for a newcomer of a project without training.</returns>
    public static async Task<Standing?> LockAsync(StoreContext store, Project project, ContributorId contributor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Begin =
            """
            INSERT INTO contributor_standings (project_id, contributor_id, organization_id, state, training_left, evaluation_left, since)
            VALUES (@p0, @p1, @p2, 1, @p3, 0, @p4) ON CONFLICT (project_id, contributor_id) DO NOTHING
            """;
        const string Find = "SELECT state, training_left, evaluation_left, since FROM contributor_standings WHERE project_id = @p0 AND contributor_id = @p1";
        if (project.TrainingTasks > 0)
            await store.Command(Begin, project.Id.Value, contributor.Value, project.OrganizationId.Value, project.TrainingTasks, Instant.Truncate(now)).RunAsync(cancellationToken);
        var rows = await store.Command(store.IsSqlite ? Find : Find + " FOR UPDATE", project.Id.Value, contributor.Value).ReadAsync(
            r => new Standing((StandingState)r.GetInt32(0), r.GetInt32(1), r.GetInt32(2), store.IsSqlite ? Instant.FromMicroseconds(r.GetInt64(3)) : new DateTimeOffset(r.GetDateTime(3), TimeSpan.Zero)),
            cancellationToken);
        return rows.SingleOrDefault();
    }

    /// <summary>Counts a training task done. After the last one the evaluation begins, or ordinary work where the project has none.</summary>
    /// <param name="store">Inside the transaction.</param>
    /// <param name="project">The project.</param>
    /// <param name="contributor">Who did it.</param>
    /// <param name="evaluationTasks">Gold tasks of an evaluation; 0 for none.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task TrainedAsync(StoreContext store, ProjectId project, ContributorId contributor, int evaluationTasks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Count =
            """
            UPDATE contributor_standings SET
                state = CASE WHEN training_left > 1 THEN 1 WHEN @p2 > 0 THEN 2 ELSE 0 END,
                evaluation_left = CASE WHEN training_left > 1 THEN evaluation_left ELSE @p2 END,
                since = CASE WHEN training_left > 1 THEN since ELSE @p3 END,
                training_left = CASE WHEN training_left > 1 THEN training_left - 1 ELSE 0 END
            WHERE project_id = @p0 AND contributor_id = @p1 AND state = 1
            """;
        return store.Command(Count, project.Value, contributor.Value, evaluationTasks, Instant.Truncate(now)).RunAsync(cancellationToken);
    }

    /// <summary>Begins the evaluation of a newcomer; nothing for anybody else.</summary>
    public static Task BeginEvaluationAsync(StoreContext store, Project project, ContributorId contributor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Begin =
            """
            INSERT INTO contributor_standings (project_id, contributor_id, organization_id, state, training_left, evaluation_left, since)
            VALUES (@p0, @p1, @p2, 2, 0, @p3, @p4) ON CONFLICT (project_id, contributor_id) DO NOTHING
            """;
        return store.Command(Begin, project.Id.Value, contributor.Value, project.OrganizationId.Value, project.EvaluationTasks, Instant.Truncate(now)).RunAsync(cancellationToken);
    }

    /// <summary>Counts a gold task answered of whoever is evaluated; after the last one ordinary work begins.</summary>
    public static Task EvaluatedAsync(StoreContext store, ProjectId project, ContributorId contributor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Count =
            """
            UPDATE contributor_standings SET
                state = CASE WHEN evaluation_left > 1 THEN 2 ELSE 0 END,
                since = CASE WHEN evaluation_left > 1 THEN since ELSE @p2 END,
                evaluation_left = CASE WHEN evaluation_left > 1 THEN evaluation_left - 1 ELSE 0 END
            WHERE project_id = @p0 AND contributor_id = @p1 AND state = 2 AND since <= @p2
            """;
        return store.Command(Count, project.Value, contributor.Value, Instant.Truncate(now)).RunAsync(cancellationToken);
    }
}
