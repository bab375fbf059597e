using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Ontologies;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Work;

/// <summary>Ontology versions ready for checking. A version never changes, so what was read once is right for good.</summary>
internal sealed class OntologyCache(StoreDatabase database)
{
    private const int EntriesMax = 2_000;
    private readonly ConcurrentDictionary<(ProjectId Project, int Number), Ontology> _known = new();

    public ValueTask<Ontology> GetAsync(ProjectId project, int number, CancellationToken cancellationToken) =>
        _known.TryGetValue((project, number), out var ontology) ? new(ontology) : new(LoadAsync(project, number, cancellationToken));

    private async Task<Ontology> LoadAsync(ProjectId project, int number, CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        var json = await store.OntologyVersions.Where(o => o.ProjectId == project && o.Number == number).Select(o => o.Json).SingleAsync(cancellationToken);
        var ontology = OntologyJson.Parse(Encoding.UTF8.GetBytes(json)).ValueOrThrow();
        if (_known.Count >= EntriesMax) _known.Clear();
        return _known.GetOrAdd((project, number), ontology);
    }
}
