using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;

namespace Touchstone.Store.Mapping;

internal static class PeopleMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Person>(person =>
        {
            person.HasIndex(p => p.Email).IsUnique();
            person.Property(p => p.Version).IsConcurrencyToken();
        });
        model.Entity<Organization>().Property(o => o.Version).IsConcurrencyToken();
        model.Entity<Contributor>(contributor =>
        {
            contributor.HasIndex(c => new { c.OrganizationId, c.PersonId }).IsUnique();
            contributor.HasOne<Organization>().WithMany().HasForeignKey(c => c.OrganizationId).OnDelete(DeleteBehavior.Restrict);
            contributor.HasOne(c => c.Person).WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict);
            contributor.Property(c => c.Version).IsConcurrencyToken();
        });
        model.Entity<Compartment>().HasIndex(c => new { c.OrganizationId, c.Name }).IsUnique();
        model.Entity<Clearance>(clearance =>
        {
            clearance.HasKey(c => new { c.ContributorId, c.CompartmentId });
            clearance.HasOne<Compartment>().WithMany().HasForeignKey(c => c.CompartmentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ApiKey>(key =>
        {
            key.HasIndex(k => k.Hash).IsUnique();
            key.HasIndex(k => k.ContributorId);
        });
        model.Entity<SignInLink>().HasIndex(l => l.Hash).IsUnique();
        model.Entity<IdempotencyRecord>().HasKey(r => new { r.ContributorId, r.Key });
    }
}
