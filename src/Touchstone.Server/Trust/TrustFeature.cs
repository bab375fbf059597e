using Touchstone.Server.Jobs;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Examples;
using Touchstone.Server.Trust.Exports;
using Touchstone.Server.Trust.GoldTasks;
using Touchstone.Server.Trust.Orders;
using Touchstone.Server.Trust.Quality;
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
        services.AddSingleton<QualityCache>();
        services.AddSingleton<ProjectQuality>();
        services.AddSingleton<SuspectReader>();
        services.AddJobHandler(ReleaseJob.Kind, ReleaseJob.RunAsync);
        services.AddJobHandler(ExportJob.Kind, ExportJob.RunAsync);
    }

    public static void MapTrust(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Trust");
        ListResponses.Map(group);
        GetConsensus.Map(group);
        GetAgreement.Map(group);
        ListContributors.Map(group);
        GetQuality.Map(group);
        ListContributorQuality.Map(group);
        GetContributorQuality.Map(group);
        DecideStanding.Map(group);
        ListSuspects.Map(group);
        RequeueSuspects.Map(group);
        WithdrawRequeue.Map(group);
        ListOpenReviews.Map(group);
        NextReview.Map(group);
        GetReviewLease.Map(group);
        DecideReview.Map(group);
        ListReviews.Map(group);
        ListGold.Map(group);
        MakeGold.Map(group);
        MakeExample.Map(group);
        ListExamples.Map(group);
        DrawAudit.Map(group);
        PlanAudit.Map(group);
        GetAudit.Map(group);
        ListAudits.Map(group);
        PlanOrder.Map(group);
        CreateOrder.Map(group);
        ListOrders.Map(group);
        GetOrder.Map(group);
        TakeLook.Map(group);
        CancelOrder.Map(group);
        CreateRelease.Map(group);
        GetRelease.Map(group);
        ListReleases.Map(group);
        GetReleaseFile.Map(group);
        GetReleaseArchive.Map(group);
        GetReleaseLabel.Map(group);
        ExportRelease.Map(group);
        ListExports.Map(group);
    }
}
