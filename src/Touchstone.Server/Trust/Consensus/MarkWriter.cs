using System.Text.Json;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Writes by what a project's tasks are found: the classes in each consensus, and who answered. Only what changed is written.</summary>
internal static class MarkWriter
{
    private const string Insert = "INSERT INTO task_marks (project_id, mark, task_id) VALUES (@project, @mark, @task) ON CONFLICT DO NOTHING";
    private const string Delete = "DELETE FROM task_marks WHERE project_id = @project AND mark = @mark AND task_id = @task";

    public static async Task WriteAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        var gone = new List<(LabelTaskId Task, string Mark)>();
        var come = project.Answered.Select(a => (a.Task, Mark: TaskMark.OfContributor(a.Contributor))).ToList();
        foreach (var (task, _, answers) in project.TurnedGold) gone.AddRange(ClassesOf(answers).Select(c => (task, TaskMark.OfClass(c))));
        foreach (var change in project.Tasks.Values)
        {
            var (before, after) = (ClassesOf(change.Task.Consensus?.Answers), ClassesOf(change.Estimate?.Answers));
            gone.AddRange(before.Except(after).Select(c => (change.Task.Id, TaskMark.OfClass(c))));
            come.AddRange(after.Except(before).Select(c => (change.Task.Id, TaskMark.OfClass(c))));
        }

        await RunAsync(store, Delete, project.ProjectId, gone, cancellationToken);
        await RunAsync(store, Insert, project.ProjectId, come, cancellationToken);
    }

    /// <summary>Classes of all shapes in an answer set.</summary>
    internal static HashSet<string> ClassesOf(string? answers)
    {
        var classes = new HashSet<string>(StringComparer.Ordinal);
        if (answers is null) return classes;
        using var document = JsonDocument.Parse(answers);
        foreach (var answer in document.RootElement.EnumerateObject())
        {
            if (answer.Value.ValueKind != JsonValueKind.Array) continue;
            foreach (var item in answer.Value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("class"u8, out var name) && name.GetString() is { } text) classes.Add(text);
            }
        }

        return classes;
    }

    private static async Task RunAsync(StoreContext store, string sql, ProjectId project, List<(LabelTaskId Task, string Mark)> marks, CancellationToken cancellationToken)
    {
        if (marks.Count == 0) return;
        await using var command = DerivationWriter.Command(store, sql);
        var (ofProject, mark, task) = (DerivationWriter.Parameter(command, "project"), DerivationWriter.Parameter(command, "mark"), DerivationWriter.Parameter(command, "task"));
        ofProject.Value = DerivationWriter.Form(store, project.Value);
        foreach (var row in marks)
        {
            (mark.Value, task.Value) = (row.Mark, DerivationWriter.Form(store, row.Task.Value));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
