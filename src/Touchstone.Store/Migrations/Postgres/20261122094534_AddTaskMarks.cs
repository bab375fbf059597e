using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstone.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AddTaskMarks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_consensus_project_id",
                table: "consensus");

            migrationBuilder.CreateTable(
                name: "project_days",
                columns: table => new
                {
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    responses = table.Column<int>(type: "integer", nullable: false),
                    active_milliseconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_project_days", x => new { x.project_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "task_marks",
                columns: table => new
                {
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mark = table.Column<string>(type: "text", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_marks", x => new { x.project_id, x.mark, x.task_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_reliabilities_contributor_id",
                table: "reliabilities",
                column: "contributor_id");

            migrationBuilder.CreateIndex(
                name: "ix_consensus_project_id_agreement_task_id",
                table: "consensus",
                columns: new[] { "project_id", "agreement", "task_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "project_days");

            migrationBuilder.DropTable(
                name: "task_marks");

            migrationBuilder.DropIndex(
                name: "ix_reliabilities_contributor_id",
                table: "reliabilities");

            migrationBuilder.DropIndex(
                name: "ix_consensus_project_id_agreement_task_id",
                table: "consensus");

            migrationBuilder.CreateIndex(
                name: "ix_consensus_project_id",
                table: "consensus",
                column: "project_id");
        }
    }
}
