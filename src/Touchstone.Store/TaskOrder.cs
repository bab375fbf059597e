using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store;

/// <summary>Tasks in the order of an index.</summary>
public static class TaskOrder
{
    /// <summary>A project's tasks of one state by id, read from the index of states.</summary>
    /// <param name="tasks">Tasks of one project.</param>
    /// <param name="store">The context they are read from.</param>
    /// <param name="state">Their state.</param>
    /// <param name="after">The last one that is known already; null for the beginning.</param>
    /// <remarks>PostgreSQL takes tasks of a state to lie evenly among all ids and would walk the primary key until it has met enough of them, but the older ones
    /// are done and the newer ones open. A comparison of pairs ordered by both leaves it the index of states alone.</remarks>
    public static IQueryable<LabelTask> InStateById(this IQueryable<LabelTask> tasks, StoreContext store, TaskState state, LabelTaskId? after)
    {
        if (!store.IsSqlite)
        {
            var last = after ?? new LabelTaskId(Guid.Empty);
            return tasks.Where(t => t.State <= state && EF.Functions.GreaterThan(ValueTuple.Create(t.State, t.Id), ValueTuple.Create(state, last))).OrderBy(t => t.State).ThenBy(t => t.Id);
        }

        var inState = tasks.Where(t => t.State == state);
        return (after is { } known ? inState.Where(t => t.Id > known) : inState).OrderBy(t => t.Id);
    }
}
