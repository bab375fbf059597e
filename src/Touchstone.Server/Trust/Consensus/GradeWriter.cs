using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Writes grades of responses. Only what changed is written, many rows a statement.</summary>
internal static class GradeWriter
{
    private const int RowsOfStatement = 50;
    private const int Columns = 9;

    private static readonly string Full = Statement(RowsOfStatement);

    public static async Task WriteAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        var changed = new List<ResponseGrade>();
        var gone = new List<Store.Ids.ResponseId>();
        foreach (var change in project.Tasks.Values) Compare(change.Task.Grades, change.Grades, changed, gone);
        foreach (var change in project.GoldGrades.Values) Compare(change.Before, change.After, changed, gone);
        foreach (var ids in gone.Chunk(500)) await store.ResponseGrades.Where(g => ids.Contains(g.ResponseId)).ExecuteDeleteAsync(cancellationToken);
        foreach (var rows in changed.Chunk(RowsOfStatement)) await UpsertAsync(store, rows, cancellationToken);
    }

    private static void Compare(IReadOnlyList<StoredGrade> before, IReadOnlyList<ResponseGrade> after, List<ResponseGrade> changed, List<Store.Ids.ResponseId> gone)
    {
        foreach (var grade in after)
            if (!before.Contains(new StoredGrade(grade.ResponseId, grade.Basis, grade.Right, grade.Choices))) changed.Add(grade);
        foreach (var grade in before)
            if (!after.Any(g => g.ResponseId == grade.Response)) gone.Add(grade.Response);
    }

    private static string Statement(int rows)
    {
        var sql = new StringBuilder("INSERT INTO response_grades (response_id, organization_id, project_id, task_id, contributor_id, basis, \"right\", choices, submitted_at) VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < Columns; column++) sql.Append(CultureInfo.InvariantCulture, $"{(column == 0 ? "" : ", ")}@p{row * Columns + column}");
            sql.Append(')');
        }

        return sql.Append(" ON CONFLICT (response_id) DO UPDATE SET basis = excluded.basis, \"right\" = excluded.\"right\", choices = excluded.choices").ToString();
    }

    private static async Task UpsertAsync(StoreContext store, ResponseGrade[] rows, CancellationToken cancellationToken)
    {
        await using var command = DerivationWriter.Command(store, rows.Length == RowsOfStatement ? Full : Statement(rows.Length));
        var number = 0;
        foreach (var grade in rows)
        {
            Add(command, ref number, DerivationWriter.Form(store, grade.ResponseId.Value));
            Add(command, ref number, DerivationWriter.Form(store, grade.OrganizationId.Value));
            Add(command, ref number, DerivationWriter.Form(store, grade.ProjectId.Value));
            Add(command, ref number, DerivationWriter.Form(store, grade.TaskId.Value));
            Add(command, ref number, DerivationWriter.Form(store, grade.ContributorId.Value));
            Add(command, ref number, (int)grade.Basis);
            Add(command, ref number, grade.Right);
            Add(command, ref number, grade.Choices);
            Add(command, ref number, DerivationWriter.Form(store, grade.SubmittedAt));
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(DbCommand command, ref int number, object value) => DerivationWriter.Parameter(command, string.Create(CultureInfo.InvariantCulture, $"p{number++}")).Value = value;
}
