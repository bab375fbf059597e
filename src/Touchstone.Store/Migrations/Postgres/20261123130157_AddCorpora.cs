using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Touchstone.Store.Migrations.Postgres
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    read_documents = table.Column<long>(type: "bigint", nullable: false),
                    kept_documents = table.Column<long>(type: "bigint", nullable: false),
                    read_words = table.Column<long>(type: "bigint", nullable: false),
                    kept_words = table.Column<long>(type: "bigint", nullable: false),
                    report = table.Column<string>(type: "text", nullable: false),
                    shared_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
