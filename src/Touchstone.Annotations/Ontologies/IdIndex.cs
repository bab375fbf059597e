using System.Text;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Finds the position of an id among few; by its UTF-8 bytes, so that JSON need not become strings first.</summary>
internal sealed class IdIndex
{
    private readonly byte[][] _ids;

    public IdIndex(IReadOnlyList<object> items, Func<object, string> id)
    {
        _ids = new byte[items.Count][];
        for (var i = 0; i < _ids.Length; i++) _ids[i] = Encoding.UTF8.GetBytes(id(items[i]));
    }

    /// <summary>Position of the id, or -1. Linear: ids are short, differ early, and are some dozens.</summary>
    public int Find(ReadOnlySpan<byte> id)
    {
        for (var i = 0; i < _ids.Length; i++)
            if (id.SequenceEqual(_ids[i])) return i;
        return -1;
    }

    public int Find(string id)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(id, bytes, out var length) ? Find(bytes[..length]) : Find(Encoding.UTF8.GetBytes(id));
    }
}
