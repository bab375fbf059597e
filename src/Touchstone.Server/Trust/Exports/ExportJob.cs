using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Formats;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Labels;
using Touchstone.Server.Catalogue.Assets;
using Touchstone.Server.Host;
using Touchstone.Server.Jobs;
using Touchstone.Server.Trust.Releases;
using Touchstone.Server.Trust.Releases.Format;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Exports;

/// <summary>Writes a release in another format and puts it into an archive.</summary>
internal static class ExportJob
{
    public const string Kind = "export_release";

    public sealed record Payload(Guid Export);

    /// <summary>Where an export's archive rests.</summary>
    public static string ArchiveOf(ServerOptions options, ReleaseExportId export) => Path.Combine(options.DataFolder, "exports", $"{export}.zip");

    public static async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var database = run.Services.GetRequiredService<StoreDatabase>();
        var options = run.Services.GetRequiredService<ServerOptions>();
        var id = ReleaseExportId.From(JsonSerializer.Deserialize<Payload>(run.Payload, StoredJson.Options)!.Export);
        await using var store = database.CreateContext();
        var export = await store.ReleaseExports.AsNoTracking().SingleAsync(e => e.Id == id, cancellationToken);
        var archive = ArchiveOf(options, id);
        var folder = Path.ChangeExtension(archive, null);
        Clear(folder, archive + ".part");
        try
        {
            var outcome = await WriteAsync(run, export, folder, archive, cancellationToken);
            await database.WriteAsync(
                (write, cancel) => write.ReleaseExports.Where(e => e.Id == id).ExecuteUpdateAsync(e => e.SetProperty(x => x.Outcome, JsonSerializer.Serialize(outcome, StoredJson.Options)), cancel), cancellationToken);
        }
        catch (FileFormatFaultException refused)
        {
            throw new JobFailedException(refused.Message, refused);
        }
        finally
        {
            Clear(folder, archive + ".part");
        }
    }

    private static async Task<ExportOutcome> WriteAsync(JobRun run, ReleaseExport export, string folder, string archive, CancellationToken cancellationToken)
    {
        var server = run.Services.GetRequiredService<ServerOptions>();
        var options = JsonSerializer.Deserialize<ExportOptions>(export.Options, StoredJson.Options)!;
        var format = FormatRegistry.Find(export.Format) ?? throw new JobFailedException($"There is no format {export.Format} any more.");
        var content = run.Services.GetRequiredService<ContentFolder>();
        var scope = AssetContent.ScopeOf(export.OrganizationId);
        var labels = new UniqueNames(new ReleaseFormat());
        var withdrawn = await WithdrawnAsync(run, export, cancellationToken);
        var plan = new ConversionPlan
        {
            From = labels,
            To = format,
            Split = options.Split is { } shares ? new SplitPlan([.. shares.Select(s => (s.Key, s.Value))], options.Seed) : null,
            Pictures = options.Images == ExportedImages.Copy ? PictureMode.Copy : PictureMode.Reference,
            PictureOf = sample => sample.Facts.TryGetValue("sha256", out var sha256) && !withdrawn.Contains(sha256.GetString()!) && content.Exists(scope, sha256.GetString()!) ? content.PathOf(scope, sha256.GetString()!) : null,
        };
        var faults = new FaultLog();
        var source = DatasetSource.Open(ReleaseJob.FolderOf(server, export.ReleaseId)).At(ReleaseFiles.Labels);
        var result = await Conversion.RunAsync(plan, source, DatasetTarget.Folder(folder), faults, (written, total) => new(run.ReportAsync(0.9 * written / Math.Max(1, total))), cancellationToken);
        await run.ReportAsync(0.9);
        await using (var stream = new FileStream(archive + ".part", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16)) await FolderArchive.WriteAsync(stream, folder, "", cancellationToken);
        File.Move(archive + ".part", archive, overwrite: true);
        var bytes = new FileInfo(archive).Length;
        if ((await WithdrawnAsync(run, export, cancellationToken)).Count != withdrawn.Count)
        {
            File.Delete(archive);
            throw new IOException("A picture was withdrawn while the release was exported; the next attempt leaves it out.");
        }

        var losses = result.Losses.Losses.ToList();
        if (labels.Renamed > 0) losses.Insert(0, new Loss("name", labels.Renamed, "Inputs of the same name are told apart by a part of their picture's digest, or by a number."));
        return new(result.Written, result.Objects, result.Files.Count, bytes, result.PicturesPlaced, result.PicturesMissing, losses, faults.Count);
    }

    /// <summary>Digests of what was withdrawn from the release's compartment: the same bytes may live on in another one.</summary>
    private static async Task<HashSet<string>> WithdrawnAsync(JobRun run, ReleaseExport export, CancellationToken cancellationToken)
    {
        await using var store = run.Services.GetRequiredService<StoreDatabase>().CreateContext();
        return [.. await store.Assets.Where(a => a.OrganizationId == export.OrganizationId && a.CompartmentId == export.CompartmentId && a.WithdrawnAt != null).Select(a => a.Sha256).ToListAsync(cancellationToken)];
    }

    private static void Clear(string folder, string part)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        File.Delete(part);
    }
}
