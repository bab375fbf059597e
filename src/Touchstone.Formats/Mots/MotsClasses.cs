using System.Text;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Mots;

/// <summary>Numbers of MOTS: of classes, and of objects, which are 1000 times the class and a number of their own.</summary>
/// <remarks>Voigtlaender et al., MOTS: Multi-Object Tracking and Segmentation, CVPR 2019, and its page on formats. CVAT and Datumaro add <c>labels.txt</c> with a class a line, from 1.</remarks>
internal sealed class MotsClasses
{
    /// <summary>The class of regions in which nothing counts.</summary>
    public const string Ignore = "ignore";

    /// <summary>Its number.</summary>
    public const int IgnoreNumber = 10;

    /// <summary>Objects of a class have numbers from so many times the class's number.</summary>
    public const int OfClass = 1000;

    /// <summary>The greatest number of a class of which 16 bits hold all objects.</summary>
    public const int NumberMax = ushort.MaxValue / OfClass - 1;

    private static readonly string[] Official = ["car", "pedestrian"];

    private readonly IReadOnlyList<string> _names;
    private readonly bool _isListed;

    private MotsClasses(IReadOnlyList<string> names, bool isListed) => (_names, _isListed) = (names, isListed);

    /// <summary>The classes in order of their numbers, from 1.</summary>
    public IReadOnlyList<ObjectClass> Classes => [.. _names.Select((n, i) => new ObjectClass(n) { Number = i + 1 })];

    /// <summary>Those of <c>labels.txt</c> in a folder, or of the options, or the two of the paper.</summary>
    public static MotsClasses Read(DatasetSource source, string folder, FormatOptions options)
    {
        var file = folder + "labels.txt";
        if (!source.Has(file)) return options.ClassNames.Count > 0 ? new MotsClasses(options.ClassNames, isListed: true) : new MotsClasses(Official, isListed: false);
        List<string> names = [];
        using var text = source.OpenText(file);
        while (text.ReadLine() is { } line)
            if (line.Trim() is { Length: > 0 } name) names.Add(name);
        return new MotsClasses(names, isListed: true);
    }

    /// <summary>Those to be written: the paper's where no others are met, else in order, around the number of regions that do not count.</summary>
    /// <exception cref="FileFormatFaultException">There are more than numbers.</exception>
    public static MotsClasses ToWrite(DatasetFacts facts)
    {
        List<string> names = [.. facts.Classes.Select(c => c.Name).Where(n => n != Ignore)];
        if (names.TrueForAll(n => Official.Contains(n, StringComparer.Ordinal))) return new MotsClasses(Official, isListed: true);
        if (names.Count >= IgnoreNumber) names.Insert(IgnoreNumber - 1, Ignore);
        return names.Count <= NumberMax ? new MotsClasses(names, isListed: true) : throw new FileFormatFaultException($"MOTS has numbers for {NumberMax - 1} classes; there are {facts.Classes.Count}.");
    }

    /// <summary>The class of a number; null where there is none.</summary>
    public string? NameOf(int number) =>
        number >= 1 && number <= _names.Count ? _names[number - 1] : number == IgnoreNumber ? Ignore : number >= 1 && !_isListed ? $"class_{number}" : null;

    /// <summary>The first and last number of a class's objects.</summary>
    public (int First, int Last) RangeOf(string name)
    {
        var number = name == Ignore ? IgnoreNumber : IndexOf(name) + 1;
        return (number * OfClass, number * OfClass + OfClass - 1);
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _names.Count; i++)
            if (_names[i] == name) return i;
        throw new FileFormatFaultException($"the class \"{name}\" is not in the list of classes.");
    }

    /// <summary>Writes <c>labels.txt</c>.</summary>
    public async Task WriteAsync(DatasetTarget target, string folder, CancellationToken cancellationToken)
    {
        await using var file = target.Create(folder + "labels.txt");
        await file.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(_names.Select(n => n.ReplaceLineEndings(" ") + "\n"))), cancellationToken);
    }
}
