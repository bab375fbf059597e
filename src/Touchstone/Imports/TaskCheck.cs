using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Client;
using Touchstone.Files.Images;
using Touchstone.Server.Catalogue.Tasks;

namespace Touchstone.Imports;

/// <summary>What the server will say of a task, found out before its picture is sent for nothing: a picture without a task is half an import.</summary>
internal static class TaskCheck
{
    private const string AnyDigest = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>What is wrong with the members of a task; null where nothing is.</summary>
    /// <param name="line">Line of the manifest, from 1; 0 where there is none.</param>
    /// <param name="task">The task.</param>
    /// <param name="hasFile">Its picture is a file, whose digest is not known yet.</param>
    public static LineFault? Form(long line, JsonObject task, bool hasFile)
    {
        var probe = (JsonObject)task.DeepClone();
        if (hasFile) probe.TryAdd("sha256", AnyDigest);
        return TaskLineReader.TryRead(line, Encoding.UTF8.GetBytes(probe.ToJsonString()), out _, out var fault) ? null : fault;
    }

    /// <summary>The ontology that known answers are held against.</summary>
    public static async Task<Ontology> OntologyAsync(ApiClient api, string project, CancellationToken cancellationToken)
    {
        var number = (await api.GetAsync($"projects/{project}", cancellationToken))!["ontology_version"]!.GetValue<int>();
        var version = await api.GetAsync($"projects/{project}/ontologies/{number}", cancellationToken);
        return OntologyJson.Parse(Encoding.UTF8.GetBytes(version!["ontology"]!.ToJsonString())).ValueOrThrow();
    }

    /// <summary>What is wrong with the known answers of a task whose picture is a file; null where nothing is, there are none, or the file is no picture, of which the server tells more.</summary>
    public static LineFault? Gold(ImportRecord record, Ontology ontology)
    {
        if (record.Task["gold"] is not JsonObject gold || !ImageProbe.TryProbe(record.File!, out var image, out _)) return null;
        var faults = AnswerChecker.Check(ontology, JsonElement.Parse(gold.ToJsonString()), InputExtent.Image(image.WidthPx, image.HeightPx));
        return faults.Count == 0 ? null : new LineFault(record.Line ?? 0, "invalid_gold", "/gold" + faults[0].Pointer, faults[0].Expected, faults[0].Found);
    }
}
