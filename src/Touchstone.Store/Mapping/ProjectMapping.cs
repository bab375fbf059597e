using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;

namespace Touchstone.Store.Mapping;

internal static class ProjectMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Project>(project =>
        {
            project.HasIndex(p => new { p.OrganizationId, p.Name }).IsUnique();
            project.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId).OnDelete(DeleteBehavior.Restrict);
            project.Property(p => p.Version).IsConcurrencyToken();
        });
        model.Entity<OntologyVersion>().HasKey(o => new { o.ProjectId, o.Number });
        model.Entity<Asset>(asset =>
        {
            // The same bytes under two organizations or compartments are two assets: a key must not tell what another one holds.
            asset.HasIndex(a => new { a.OrganizationId, a.CompartmentId, a.Sha256 }).IsUnique();
        });
        model.Entity<Batch>().HasIndex(b => b.ProjectId);
        model.Entity<ImportFault>(fault =>
        {
            fault.Property(f => f.Id).ValueGeneratedOnAdd();
            fault.HasIndex(f => f.BatchId);
        });
        model.Entity<QueueTail>().HasKey(t => new { t.ProjectId, t.Lane });
        model.Entity<Job>(job =>
        {
            job.HasIndex(j => new { j.State, j.CreatedAt });
            job.HasIndex(j => new { j.OrganizationId, j.CreatedAt });
            job.Property(j => j.Version).IsConcurrencyToken();
        });
        model.Entity<StagedDataset>(dataset =>
        {
            dataset.ToTable("datasets");
            dataset.HasIndex(d => new { d.ProjectId, d.Id });
        });
        model.Entity<ImportedPerson>(person =>
        {
            person.ToTable("imported_people");
            person.HasKey(p => new { p.ProjectId, p.Name, p.Number });
            person.HasIndex(p => new { p.ProjectId, p.Name, p.ContributorId }).IsUnique();
            person.Property(p => p.Name).HasMaxLength(ImportedPerson.NameMax);
        });
        model.Entity<Corpus>(corpus =>
        {
            corpus.ToTable("corpora");
            corpus.HasIndex(c => new { c.OrganizationId, c.Digest }).IsUnique();
            corpus.HasIndex(c => new { c.OrganizationId, c.Id });
        });
        model.Entity<Tombstone>().HasIndex(t => new { t.OrganizationId, t.Sha256 });
    }
}
