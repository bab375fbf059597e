using System.Xml;
using System.Xml.Linq;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Cvat;

/// <summary>The elements right below <c>&lt;annotations&gt;</c>, one in memory at a time.</summary>
internal sealed class CvatDocument(Stream stream, string file, FaultLog faults) : IDisposable
{
    private readonly XmlReader _xml = SafeXml.Reader(stream);
    private bool _isOpen;
    private bool _isBehind;   // at the end of the element that was given
    private bool _isDone;

    /// <summary>The next element; null at the end, also where the file breaks off, which is told.</summary>
    public XElement? Next()
    {
        if (_isDone) return null;
        var next = Read();
        _isDone = next is null;
        return next;
    }

    public void Dispose() => _xml.Dispose();

    private XElement? Read()
    {
        try
        {
            if (!_isOpen)
            {
                _isOpen = true;
                _xml.MoveToContent();
                if (_xml.LocalName != "annotations")
                {
                    faults.Add(file, $"line {((IXmlLineInfo)_xml).LineNumber}", $"<annotations> was expected, <{_xml.LocalName}> found.");
                    return null;
                }

                _isBehind = true;
            }

            if (_isBehind) _xml.Read();
            _isBehind = false;
            while (_xml.NodeType != XmlNodeType.Element || _xml.Depth != 1)
                if (!_xml.Read()) return null;
            using var below = _xml.ReadSubtree();
            var element = XElement.Load(below, LoadOptions.SetLineInfo);
            below.Close();
            _isBehind = true;
            return element;
        }
        catch (XmlException fault)
        {
            faults.Add(file, $"line {Math.Max(1, fault.LineNumber)}", $"this is no XML that can be read: {fault.Message}");
            return null;
        }
    }
}
