using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Host;

/// <summary>The keys that protect sign-in cookies, in the database, so that every server on it reads the same ring.</summary>
internal sealed class DatabaseKeyRing(StoreDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var store = database.CreateContext();
        return [.. store.DataProtectionKeys.OrderBy(k => k.Id).Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var store = database.CreateContext();
        store.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        store.SaveChanges();
    }
}
