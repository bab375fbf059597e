using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Ontologies;
using Touchstone.Formats;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Ontologies;
using Touchstone.Server.Host;
using Touchstone.Server.Jobs;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>Reads an uploaded data set through: to tell what an import would do, or to do it.</summary>
internal static class DatasetJob
{
    public const string Survey = "survey_dataset", Import = "import_dataset";

    public sealed record Payload(Guid Dataset, DatasetPlan Plan);

    public static Task SurveyAsync(JobRun run, CancellationToken cancellationToken) => RunAsync(run, isImport: false, cancellationToken);

    public static Task ImportAsync(JobRun run, CancellationToken cancellationToken) => RunAsync(run, isImport: true, cancellationToken);

    private static async Task RunAsync(JobRun run, bool isImport, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<Payload>(run.Payload, WireJson.Options)!;
        var database = run.Services.GetRequiredService<StoreDatabase>();
        await using var store = database.CreateContext();
        var id = DatasetId.From(payload.Dataset);
        if (await store.Datasets.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken) is not { } dataset) throw new JobFailedException("The data set was removed.");
        var project = await store.Projects.AsNoTracking().SingleAsync(p => p.Id == dataset.ProjectId, cancellationToken);
        if (isImport && project.State == ProjectState.Archived) throw new JobFailedException("The project is archived and takes no more tasks.");
        try
        {
            var report = await ReadAsync(run, store, dataset, project, payload.Plan, isImport, cancellationToken);
            var json = JsonSerializer.Serialize(report, WireJson.Options);
            await database.WriteAsync(
                (write, cancel) => write.Datasets.Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(x => x.Imported, x => isImport ? json : x.Imported).SetProperty(x => x.Survey, x => isImport ? x.Survey : json), cancel), cancellationToken);
        }
        catch (FileFormatFaultException fault)
        {
            // Where the server keeps its files is nobody's business.
            var root = DatasetFolders.Of(run.Services.GetRequiredService<ServerOptions>(), id).Root;
            throw new JobFailedException(fault.Message.Replace(root + "/", "", StringComparison.Ordinal).Replace(root, "The data set", StringComparison.Ordinal), fault);
        }
        catch (FileNotFoundException missing)
        {
            throw new JobFailedException("The data set has no files, or not the one that is named.", missing);
        }
    }

    private static async Task<DatasetReport> ReadAsync(JobRun run, StoreContext store, StagedDataset dataset, Project project, DatasetPlan plan, bool isImport, CancellationToken cancellationToken)
    {
        var source = DatasetSource.Open(DatasetFolders.Of(run.Services.GetRequiredService<ServerOptions>(), dataset.Id).Root).At(plan.Place);
        var ontology = OntologyJson.Parse(System.Text.Encoding.UTF8.GetBytes(await store.OntologyVersions.Where(o => o.ProjectId == project.Id && o.Number == project.OntologyVersion).Select(o => o.Json).SingleAsync(cancellationToken))).ValueOrThrow();
        var reader = await DatasetReader.OpenAsync(source, plan, new OntologyTarget(ontology, project.Name, plan.Carried), cancellationToken);
        var people = plan.Contributors ?? new Dictionary<string, ContributorId?>();
        if (isImport) return await new DatasetImport(run, dataset, project, plan, reader).RunAsync(people, cancellationToken);

        // How many inputs there are is known only at the end: the share tends to 1.
        StandingAnswers standing = new(run.Services.GetRequiredService<StoreDatabase>(), dataset, plan, run.Services.GetRequiredService<TimeProvider>().Now());
        List<ReadSample> samples = new(DatasetImport.InputsAtOnce);
        await foreach (var sample in reader.ReadAsync(cancellationToken))
        {
            samples.Add(sample);
            if (samples.Count < DatasetImport.InputsAtOnce) continue;
            await standing.AddAsync(samples, cancellationToken);
            samples.Clear();
            await run.ReportAsync(1 - 1 / (1 + reader.Read / 5_000.0));
        }

        await standing.AddAsync(samples, cancellationToken);
        return standing.In(reader.Report(people));
    }
}
