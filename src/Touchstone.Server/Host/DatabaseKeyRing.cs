using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Touchstone.Store;

namespace Touchstone.Server.Host;

/// <summary>The keys that protect sign-in cookies, in the database, so that every server on it reads the same ring.</summary>
internal sealed class DatabaseKeyRing(StoreDatabase database) : IXmlRepository
{
    private readonly ProtectionKeys _keys = new(database);

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys.Read().Select(key => XElement.Parse(key))];

    public void StoreElement(XElement element, string friendlyName) => _keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
