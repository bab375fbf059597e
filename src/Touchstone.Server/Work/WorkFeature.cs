using Touchstone.Server.Host;
using Touchstone.Server.Work.Training;

namespace Touchstone.Server.Work;

/// <summary>Taking, keeping, answering and giving back work. Every route here belongs to whoever holds the lease.</summary>
internal static class WorkFeature
{
    public static void AddWork(this IServiceCollection services)
    {
        services.AddSingleton<OntologyCache>();
        services.AddSingleton<InputCache>();
        services.AddSingleton<LeaseBodies>();
        services.AddHostedService<LeaseSweeper>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, WorkJson.Default));
    }

    public static void MapWork(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireContributor().WithTags("Work");
        ListWork.Map(group);
        NextLease.Map(group);
        GetLease.Map(group);
        GetLeaseInput.Map(group);
        Heartbeat.Map(group);
        GetDraft.Map(group);
        PutDraft.Map(group);
        SubmitResponse.Map(group);
        SkipLease.Map(group);
        ReturnLease.Map(group);
        MyWork.Map(group);
        NextTraining.Map(group);
        GetTrainingInput.Map(group);
        AnswerTraining.Map(group);
    }
}
