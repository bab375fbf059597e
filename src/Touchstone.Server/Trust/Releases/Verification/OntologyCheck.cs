using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>The ontologies: sound, in order, and with the digests that they state.</summary>
internal static class OntologyCheck
{
    /// <returns>The ontologies, newest first; null where one cannot be read.</returns>
    public static IReadOnlyList<Ontology>? Run(ReleaseContent content, Findings findings)
    {
        var ontologies = new List<Ontology>();
        for (var i = 0; i < content.Ontologies.Count; i++)
        {
            var facts = content.Ontologies[i];
            var place = $"/content/ontologies/{i}";
            if (i > 0 && facts.Number >= content.Ontologies[i - 1].Number) findings.Add(ReleaseFiles.Release, $"{place}/number", "order", "versions newest first, each once", $"{facts.Number}");
            var parsed = OntologyJson.Parse(facts.Definition);
            if (!parsed.IsValid)
            {
                foreach (var fault in parsed.Faults) findings.Add(ReleaseFiles.Release, $"{place}/definition{fault.Pointer}", "ontology", fault.Expected, fault.Found);
                return null;
            }

            findings.Expect(ReleaseFiles.Release, $"{place}/digest", "ontology_digest", parsed.Value.Digest, facts.Digest);
            if (ontologies.Exists(o => o.Digest == parsed.Value.Digest)) findings.Add(ReleaseFiles.Release, $"{place}/digest", "duplicate", "each ontology once", facts.Digest);
            else ontologies.Add(parsed.Value);
        }

        if (ontologies.Count == 0) findings.Add(ReleaseFiles.Release, "/content/ontologies", "ontology", "at least one", "none");
        return ontologies.Count == 0 ? null : ontologies;
    }
}
