namespace Touchstone.Store.Ids;

/// <summary>An id that is a UUID and a type of its own, so that one cannot be passed as another.</summary>
public interface IUuid<TSelf> : IParsable<TSelf> where TSelf : struct, IUuid<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
