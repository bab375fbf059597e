namespace Touchstone.Annotations.Ontologies;

/// <summary>Ontologies that are shipped with the product.</summary>
public static class OntologyPacks
{
    /// <summary>Names of the packs, such as <c>driving/vehicles</c>, in order.</summary>
    public static IReadOnlyList<string> Names => throw new NotImplementedException();

    /// <summary>The pack with this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Ontology Load(string name) => throw new NotImplementedException();
}
