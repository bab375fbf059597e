using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstone.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddImportedPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "imported_people",
                columns: table => new
                {
                    project_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    organization_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contributor_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_people", x => new { x.project_id, x.name, x.number });
                });

            migrationBuilder.CreateIndex(
                name: "ix_imported_people_project_id_name_contributor_id",
                table: "imported_people",
                columns: new[] { "project_id", "name", "contributor_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "imported_people");
        }
    }
}
