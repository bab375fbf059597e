using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstone.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddPrelabels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "prelabel",
                table: "tasks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_prelabelled",
                table: "tasks",
                columns: new[] { "project_id", "asset_id" },
                filter: "prelabel IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_prelabelled",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "prelabel",
                table: "tasks");
        }
    }
}
