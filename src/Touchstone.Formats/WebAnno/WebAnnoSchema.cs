using System.Text;

namespace Touchstone.Formats.WebAnno;

/// <summary>What the annotations of a layer are.</summary>
internal enum WebAnnoLayerKind
{
    /// <summary>Stretches of text.</summary>
    Span,

    /// <summary>Stretches of text that follow each other, such as mentions of one person.</summary>
    Chain,

    /// <summary>Pairs of annotations.</summary>
    Relation,
}

/// <summary>What a column holds.</summary>
internal enum WebAnnoColumnKind
{
    /// <summary>Values of a feature.</summary>
    Feature,

    /// <summary>Only that there is an annotation.</summary>
    Placeholder,

    /// <summary>Roles of a slot feature.</summary>
    Role,

    /// <summary>The annotations that have these roles; the column behind their roles.</summary>
    Target,

    /// <summary>Where a relation comes from.</summary>
    Base,
}

/// <summary>A column of a layer.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Declaration">As the header has it: a feature's name; of slots and relations their types too.</param>
internal sealed record WebAnnoColumn(WebAnnoColumnKind Kind, string Declaration);

/// <summary>A layer with its columns.</summary>
internal sealed class WebAnnoLayer(WebAnnoLayerKind kind, string name)
{
    /// <summary>What begins the declaration of a relation's base.</summary>
    public const string BasePrefix = "BT_";

    /// <summary>What begins the declaration of a slot feature.</summary>
    public const string RolePrefix = "ROLE_";

    private static readonly string[] ClassFeatures = ["value", "PosValue", "DependencyType", "referenceType", "label"];

    /// <summary>What its annotations are.</summary>
    public WebAnnoLayerKind Kind => kind;

    /// <summary>Its type, such as <c>webanno.custom.Span</c>.</summary>
    public string Name => name;

    /// <summary>The last part of its name: the class of annotations without a value.</summary>
    public string ShortName => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>Its columns in order.</summary>
    public List<WebAnnoColumn> Columns { get; } = [];

    /// <summary>The feature whose values are classes: by its name, else the first one; null where there is none.</summary>
    public string? ClassFeature
    {
        get
        {
            foreach (var known in ClassFeatures)
                if (Has(known)) return known;
            return Columns.Find(c => c.Kind == WebAnnoColumnKind.Feature)?.Declaration;
        }
    }

    /// <summary>The type that relations hold between.</summary>
    public string Base => Columns.Find(c => c.Kind == WebAnnoColumnKind.Base)?.Declaration[BasePrefix.Length..] ?? "";

    /// <summary>Whether it has a feature.</summary>
    public bool Has(string feature) => Columns.Exists(c => c.Kind == WebAnnoColumnKind.Feature && c.Declaration == feature);

    /// <summary>Whether a feature that it lacks may be added without changing which of them is the class.</summary>
    public bool MayGain(string feature) => !ClassFeatures.Contains(feature) && ClassFeature is not null;

    /// <summary>Adds a feature, before the column where relations come from.</summary>
    public void Add(string feature)
    {
        Columns.RemoveAll(c => c.Kind == WebAnnoColumnKind.Placeholder);
        Columns.Insert(Kind == WebAnnoLayerKind.Relation ? Math.Max(0, Columns.FindIndex(c => c.Kind == WebAnnoColumnKind.Base)) : Columns.Count, new WebAnnoColumn(WebAnnoColumnKind.Feature, feature));
    }

    /// <summary>Its line in the header.</summary>
    public override string ToString()
    {
        var line = new StringBuilder(kind switch { WebAnnoLayerKind.Span => WebAnnoSchema.SpanPrefix, WebAnnoLayerKind.Chain => WebAnnoSchema.ChainPrefix, _ => WebAnnoSchema.RelationPrefix }).Append(name);
        foreach (var column in Columns) line.Append('|').Append(column.Declaration);
        return line.ToString();
    }
}

/// <summary>The layers of a file, as its header has them.</summary>
internal sealed class WebAnnoSchema
{
    public const string SpanPrefix = "#T_SP=", ChainPrefix = "#T_CH=", RelationPrefix = "#T_RL=";

    private const int ColumnsMax = 10_000;

    private int _columns;

    /// <summary>The layers in order.</summary>
    public List<WebAnnoLayer> Layers { get; } = [];

    /// <summary>The layer of that type; null where there is none.</summary>
    public WebAnnoLayer? Find(string name) => Layers.Find(l => l.Name == name);

    /// <summary>Takes a line of the header.</summary>
    /// <returns>False where it is no layer of its own.</returns>
    public bool Add(string line)
    {
        WebAnnoLayerKind kind;
        if (line.StartsWith(SpanPrefix, StringComparison.Ordinal)) kind = WebAnnoLayerKind.Span;
        else if (line.StartsWith(ChainPrefix, StringComparison.Ordinal)) kind = WebAnnoLayerKind.Chain;
        else if (line.StartsWith(RelationPrefix, StringComparison.Ordinal)) kind = WebAnnoLayerKind.Relation;
        else return false;

        var parts = line[SpanPrefix.Length..].Split('|');
        if (parts[0].Length == 0 || Find(parts[0]) is not null || (_columns += parts.Length) > ColumnsMax) return false;
        var layer = new WebAnnoLayer(kind, parts[0]);
        foreach (var declaration in parts.AsSpan(1))
        {
            var before = layer.Columns.Count == 0 ? default(WebAnnoColumnKind?) : layer.Columns[^1].Kind;
            layer.Columns.Add(new WebAnnoColumn(KindOf(kind, declaration, before), declaration));
        }

        if (layer.Columns.Count == 0) layer.Columns.Add(new WebAnnoColumn(WebAnnoColumnKind.Placeholder, ""));
        Layers.Add(layer);
        return layer.Columns.TrueForAll(c => c.Kind != WebAnnoColumnKind.Role) || RolesHaveTargets(layer);
    }

    private static WebAnnoColumnKind KindOf(WebAnnoLayerKind layer, string declaration, WebAnnoColumnKind? before) => layer switch
    {
        WebAnnoLayerKind.Span when before == WebAnnoColumnKind.Role => WebAnnoColumnKind.Target,
        WebAnnoLayerKind.Span when declaration.StartsWith(WebAnnoLayer.RolePrefix, StringComparison.Ordinal) => WebAnnoColumnKind.Role,
        WebAnnoLayerKind.Relation when declaration.StartsWith(WebAnnoLayer.BasePrefix, StringComparison.Ordinal) => WebAnnoColumnKind.Base,
        _ => declaration.Length == 0 ? WebAnnoColumnKind.Placeholder : WebAnnoColumnKind.Feature,
    };

    private static bool RolesHaveTargets(WebAnnoLayer layer)
    {
        for (var i = 0; i < layer.Columns.Count; i++)
            if (layer.Columns[i].Kind == WebAnnoColumnKind.Role && (i + 1 == layer.Columns.Count || layer.Columns[i + 1].Kind != WebAnnoColumnKind.Target)) return false;
        return true;
    }
}
