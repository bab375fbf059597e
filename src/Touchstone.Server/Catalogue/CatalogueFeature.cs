using Touchstone.Server.Catalogue.Assets;
using Touchstone.Server.Catalogue.Batches;
using Touchstone.Server.Catalogue.Corpora;
using Touchstone.Server.Catalogue.Datasets;
using Touchstone.Server.Catalogue.Formats;
using Touchstone.Server.Catalogue.Ontologies;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Catalogue.Tasks;
using Touchstone.Server.Host;
using Touchstone.Server.Jobs;

namespace Touchstone.Server.Catalogue;

/// <summary>What there is: projects and their ontologies, assets, batches and tasks.</summary>
internal static class CatalogueFeature
{
    public static void AddCatalogue(this IServiceCollection services)
    {
        services.AddSingleton<LiveProgress>();
        services.AddHostedService(s => s.GetRequiredService<LiveProgress>());
        services.AddJobHandler(DatasetJob.Survey, DatasetJob.SurveyAsync);
        services.AddJobHandler(DatasetJob.Import, DatasetJob.ImportAsync);
    }

    public static void MapCatalogue(this IEndpointRouteBuilder routes, ServerOptions options)
    {
        var projects = routes.MapGroup("").WithTags("Projects");
        CreateProject.Map(projects);
        ListProjects.Map(projects);
        UpdateProject.Map(projects);
        GetProjectFile.Map(projects);
        CheckProjectFile.Map(projects);
        GetProgress.Map(projects);
        GetActivity.Map(projects);
        ListOntologies.Map(projects);
        ChangeOntology.Map(projects);
        ListOntologyPacks.Map(projects);

        var assets = routes.MapGroup("").WithTags("Assets");
        UploadAsset.Map(assets, options.AssetBytesMax);
        ListAssets.Map(assets);
        WithdrawAsset.Map(assets);

        var tasks = routes.MapGroup("").WithTags("Tasks");
        ImportTasks.Map(tasks, options.ImportBytesMax);
        ListTasks.Map(tasks);
        SetPriority.Map(tasks);
        SetGold.Map(tasks);
        SetTraining.Map(tasks);
        ListBatches.Map(tasks);

        var datasets = routes.MapGroup("").WithTags("Data sets");
        ListFormats.Map(datasets);
        Datasets.Datasets.Map(datasets);
        DatasetFiles.Map(datasets, options.ImportBytesMax);
        RunDataset.Map(datasets);

        var corpora = routes.MapGroup("").WithTags("Corpora");
        ListCorpora.Map(corpora);
        ShareCorpus.Map(corpora);
        DeleteCorpus.Map(corpora);
    }
}
