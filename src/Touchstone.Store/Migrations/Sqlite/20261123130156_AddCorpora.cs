using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstone.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddCorpora : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "corpora",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    organization_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    read_documents = table.Column<long>(type: "INTEGER", nullable: false),
                    kept_documents = table.Column<long>(type: "INTEGER", nullable: false),
                    read_words = table.Column<long>(type: "INTEGER", nullable: false),
                    kept_words = table.Column<long>(type: "INTEGER", nullable: false),
                    report = table.Column<string>(type: "TEXT", nullable: false),
                    shared_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_corpora", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_corpora_organization_id_digest",
                table: "corpora",
                columns: new[] { "organization_id", "digest" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_corpora_organization_id_id",
                table: "corpora",
                columns: new[] { "organization_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "corpora");
        }
    }
}
