namespace Touchstone.Formats.WebAnno;

/// <summary>Names of types that the format knows, and of what a sample keeps of a file.</summary>
internal static class WebAnnoNames
{
    /// <summary>The layer that every project has: objects without a layer of their own are in it.</summary>
    public const string NamedEntity = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";

    /// <summary>Tokens, which relations may hold between.</summary>
    public const string Token = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";

    /// <summary>Parts of speech. Relations between them hold between tokens where these have none.</summary>
    public const string PartOfSpeech = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS";

    /// <summary>Annotations of any layer.</summary>
    public const string Annotation = "uima.tcas.Annotation";

    /// <summary>Relations of data sets that have no layers.</summary>
    public const string Relation = "webanno.custom.Relation";

    /// <summary>The attribute that names an object's layer, where it is not <see cref="NamedEntity"/>.</summary>
    public const string Layer = "webanno_layer";

    /// <summary>The attribute with the number of the chain that an object is in.</summary>
    public const string Chain = "webanno_chain";

    /// <summary>The attribute with its place in that chain, from 1.</summary>
    public const string Link = "webanno_link";

    /// <summary>The feature that holds attributes as JSON whose names no feature can have.</summary>
    public const string Attributes = "attributes";

    /// <summary>The feature of a relation that holds its direction where it is not to the right.</summary>
    public const string Direction = "direction";

    /// <summary>The feature of a chain that names how one link follows from the one before it.</summary>
    public const string ReferenceRelation = "referenceRelation";

    /// <summary>The fact of a sample that keeps layers, sentences and tokens, and features of relations.</summary>
    public const string Fact = "webanno";
}
