using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;

namespace Touchstone.Store.Mapping;

internal static class OutboxMapping
{
    public static void Apply(ModelBuilder model, bool sqlite)
    {
        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox");
            row.HasKey(r => r.Sequence);
            row.Property(r => r.Sequence).ValueGeneratedOnAdd();
            if (sqlite)
            {
                row.Property(r => r.Epoch).HasDefaultValue(0L);
            }
            else
            {
                row.Property(r => r.Epoch).HasDefaultValueSql("(pg_current_xact_id()::text::bigint)").ValueGeneratedOnAdd();
                row.HasIndex(r => new { r.Epoch, r.Sequence });
            }
        });
        model.Entity<OutboxPosition>().HasKey(p => p.Consumer);
    }
}
