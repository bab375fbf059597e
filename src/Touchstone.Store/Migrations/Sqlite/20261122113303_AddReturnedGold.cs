using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstone.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddReturnedGold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "returned_gold",
                columns: table => new
                {
                    project_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contributor_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    task_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lane = table.Column<int>(type: "INTEGER", nullable: false),
                    queue_number = table.Column<long>(type: "INTEGER", nullable: false),
                    since = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_returned_gold", x => new { x.project_id, x.contributor_id, x.task_id });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "returned_gold");
        }
    }
}
