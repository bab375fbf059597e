using Touchstone.Files.Parquet;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Waymo;

/// <summary>A row of a component's table. Columns are named by the component and the path of the value in it.</summary>
/// <remarks>Waymo Open Dataset, <c>v2/component.py</c>: <c>key.</c> and the key's field, or <c>[Component].</c> and the fields, joined by points.</remarks>
internal readonly struct WaymoRow(ParquetRow row, string component)
{
    public long? Key(string name) => AsWhole(Value("key." + name));

    public string? KeyText(string name) => Value("key." + name) as string;

    public long? Whole(string path) => AsWhole(Value($"[{component}].{path}"));

    /// <summary>A finite number; null where there is none.</summary>
    public double? Number(string path) => Value($"[{component}].{path}") switch
    {
        double real when double.IsFinite(real) => real,
        float real when float.IsFinite(real) => real,
        long whole => whole,
        _ => null,
    };

    public string? Text(string path) => Value($"[{component}].{path}") as string;

    /// <summary>A matrix of 4 x 4, row by row; null where it is none that turns and moves.</summary>
    public RigidTransform? Transform(string path)
    {
        if (Value($"[{component}].{path}.transform") is not object?[] { Length: 16 } list) return null;
        Span<double> numbers = stackalloc double[16];
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] is not double number || !(Math.Abs(number) <= RigJson.FarthestMetres)) return null;
            numbers[i] = number;
        }

        return RigidTransform.OfMatrix(numbers);
    }

    private object? Value(string name) => row.TryGet(name, out var value) ? value : null;

    private static long? AsWhole(object? value) => value switch { long whole => whole, ulong whole and <= long.MaxValue => (long)whole, _ => null };
}

/// <summary>Reads tables of components, with what is wrong in them told.</summary>
internal static class WaymoTable
{
    /// <summary>Gives all rows to <paramref name="take"/>, which says what is wrong with one, or null. A file that is broken is told with its place; rows before it count.</summary>
    public static void Read(DatasetSource source, string file, string component, FaultLog faults, Func<WaymoRow, string?> take)
    {
        try
        {
            using var stream = source.OpenRead(file);
            var at = 0L;
            foreach (var row in ParquetReader.Open(stream, file).ReadRows())
            {
                if (take(new WaymoRow(row, component)) is { } wrong) faults.Add(file, $"row {at}", wrong);
                at++;
            }
        }
        catch (ParquetFormatException fault)
        {
            faults.Add(file, fault.Place.ToString().TrimStart(',', ' '), fault.Message);
        }
        catch (DllNotFoundException fault)
        {
            throw new FileFormatFaultException($"{file}: {fault.Message}", fault);
        }
    }
}
