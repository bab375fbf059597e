using System.Security.Cryptography;

namespace Touchstone.Annotations.Ontologies;

/// <summary>What may be said in a project: its questions, in the order in which they are asked.</summary>
/// <remarks>
/// Two ontologies are equal when their canonical JSON is. <see cref="OntologyJson"/> reads and writes it and is where its
/// rules are checked: an ontology built in code is trusted to keep them.
/// </remarks>
public sealed record Ontology
{
    private string? _digest;

    /// <summary>An ontology of these questions.</summary>
    /// <param name="questions">Questions with distinct ids; may be empty.</param>
    public Ontology(IReadOnlyList<Question> questions) => Questions = questions;

    /// <summary>The questions, in the order in which they are asked.</summary>
    public IReadOnlyList<Question> Questions
    {
        get;
        init
        {
            field = value;
            Ids = new IdIndex(value, static question => ((Question)question).Id);
            _digest = null;
        }
    }

    /// <summary>SHA-256 of the canonical JSON, as 64 lower-case hexadecimal digits.</summary>
    public string Digest => _digest ??= Convert.ToHexStringLower(SHA256.HashData(OntologyJson.Write(this)));

    internal IdIndex Ids { get; private init; } = null!;

    /// <summary>The question with this id, or null.</summary>
    public Question? Find(string id)
    {
        var index = Ids.Find(id);
        return index < 0 ? null : Questions[index];
    }

    /// <inheritdoc/>
    public bool Equals(Ontology? other) => other is not null && (ReferenceEquals(this, other) || Digest == other.Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode(StringComparison.Ordinal);
}
