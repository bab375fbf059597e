using Touchstone.Server.Jobs;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases;
using Touchstone.Server.Trust.Reviews;

namespace Touchstone.Server.Trust;

/// <summary>What labels are worth: consensus, review, audit, release.</summary>
internal static class TrustFeature
{
    public static void AddTrust(this IServiceCollection services)
    {
        services.AddSingleton<Derivation>();
        services.AddHostedService<OutboxConsumer>();
        services.AddJobHandler(ReleaseJob.Kind, ReleaseJob.RunAsync);
    }

    public static void MapTrust(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Trust");
        ListResponses.Map(group);
        GetConsensus.Map(group);
        GetAgreement.Map(group);
        ListContributors.Map(group);
        ListOpenReviews.Map(group);
        NextReview.Map(group);
        GetReviewLease.Map(group);
        DecideReview.Map(group);
        ListReviews.Map(group);
        DrawAudit.Map(group);
        GetAudit.Map(group);
        ListAudits.Map(group);
        CreateRelease.Map(group);
        GetRelease.Map(group);
        ListReleases.Map(group);
        GetReleaseFile.Map(group);
        GetReleaseArchive.Map(group);
        GetReleaseLabel.Map(group);
    }
}
