namespace Touchstone.Server.Jobs;

/// <summary>Durable jobs: what runs them, and the routes that show them.</summary>
internal static class JobsFeature
{
    public static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobTable>();
        services.AddSingleton<JobSignal>();
        services.AddHostedService<JobRunner>();
    }

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("").WithTags("Jobs");
        ListJobs.Map(jobs);
        CancelJob.Map(jobs);
    }
}
