using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Server.Catalogue.Datasets;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Exports;
using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Catalogue.Assets;

/// <summary>Copies of a withdrawn picture that lie beside the store of assets: among the files of data sets that wait to be imported, and in archives of exports. They go with it.</summary>
internal static class WithdrawnCopies
{
    public static async Task RemoveAsync(StoreContext store, ServerOptions options, Asset asset, CancellationToken cancellationToken)
    {
        var datasets = await store.Datasets.Where(d => d.OrganizationId == asset.OrganizationId && d.CompartmentId == asset.CompartmentId).Select(d => d.Id).ToListAsync(cancellationToken);
        foreach (var dataset in datasets)
        {
            var folder = DatasetFolders.Of(options, dataset);
            foreach (var file in folder.Files.Where(f => f.Bytes == asset.ByteCount))
            {
                var path = Path.Combine(folder.Root, file.Path);
                if (await FileDigest.OfFileAsync(path, cancellationToken) == asset.Sha256) File.Delete(path);
            }
        }

        // Made again, an export leaves out what is withdrawn.
        var exports = await store.ReleaseExports.Where(e => e.OrganizationId == asset.OrganizationId && e.CompartmentId == asset.CompartmentId
            && store.Releases.Any(r => r.Id == e.ReleaseId && store.Tasks.Any(t => t.ProjectId == r.ProjectId && t.AssetId == asset.Id))).Select(e => e.Id).ToListAsync(cancellationToken);
        foreach (var export in exports) File.Delete(ExportJob.ArchiveOf(options, export));
    }
}
