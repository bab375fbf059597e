using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstone.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AddQuality : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "audit_twice",
                table: "projects",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<int>(
                name: "evaluation_tasks",
                table: "projects",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "gold_rotate_after",
                table: "projects",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "training_tasks",
                table: "projects",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "explanation",
                table: "gold",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "strata",
                table: "audits",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "twice",
                table: "audits",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "bound_orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    compartment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    plan = table.Column<string>(type: "text", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bound_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "contributor_standings",
                columns: table => new
                {
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contributor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    training_left = table.Column<int>(type: "integer", nullable: false),
                    evaluation_left = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contributor_standings", x => new { x.project_id, x.contributor_id });
                });

            migrationBuilder.CreateTable(
                name: "instruction_examples",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    compartment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    review_id = table.Column<Guid>(type: "uuid", nullable: true),
                    answers = table.Column<string>(type: "text", nullable: false),
                    caption = table.Column<string>(type: "text", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    removed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instruction_examples", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "response_grades",
                columns: table => new
                {
                    response_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contributor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    basis = table.Column<int>(type: "integer", nullable: false),
                    right = table.Column<double>(type: "double precision", nullable: false),
                    choices = table.Column<int>(type: "integer", nullable: false),
                    submitted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_response_grades", x => x.response_id);
                });

            migrationBuilder.CreateTable(
                name: "standing_decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contributor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: false),
                    choice = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_standing_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "training_answers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    compartment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contributor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    answers = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    active_milliseconds = table.Column<long>(type: "bigint", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    submitted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_training_answers", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_bound_orders_project_id_id",
                table: "bound_orders",
                columns: new[] { "project_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_instruction_examples_project_id_id",
                table: "instruction_examples",
                columns: new[] { "project_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_response_grades_project_id_contributor_id_response_id",
                table: "response_grades",
                columns: new[] { "project_id", "contributor_id", "response_id" });

            migrationBuilder.CreateIndex(
                name: "ix_response_grades_project_id_response_id",
                table: "response_grades",
                columns: new[] { "project_id", "response_id" });

            migrationBuilder.CreateIndex(
                name: "ix_response_grades_task_id",
                table: "response_grades",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_standing_decisions_project_id_contributor_id_id",
                table: "standing_decisions",
                columns: new[] { "project_id", "contributor_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_training_answers_project_id_contributor_id_id",
                table: "training_answers",
                columns: new[] { "project_id", "contributor_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_training_answers_task_id",
                table: "training_answers",
                column: "task_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bound_orders");

            migrationBuilder.DropTable(
                name: "contributor_standings");

            migrationBuilder.DropTable(
                name: "instruction_examples");

            migrationBuilder.DropTable(
                name: "response_grades");

            migrationBuilder.DropTable(
                name: "standing_decisions");

            migrationBuilder.DropTable(
                name: "training_answers");

            migrationBuilder.DropColumn(
                name: "audit_twice",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "evaluation_tasks",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "gold_rotate_after",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "training_tasks",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "explanation",
                table: "gold");

            migrationBuilder.DropColumn(
                name: "strata",
                table: "audits");

            migrationBuilder.DropColumn(
                name: "twice",
                table: "audits");
        }
    }
}
