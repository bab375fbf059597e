using System.Text;
using Touchstone.Formats.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Reads damaged files, as a seed decides: bits flipped, pieces cut, doubled, moved, hostile words put in, values exchanged. The only outcomes may be samples, faults and
/// <see cref="FileFormatFaultException"/>.</summary>
internal static class Mutations
{
    private static readonly byte[][] Hostile =
    [
        .. new[]
        {
            "NaN", "1e999", "-1e308", "-Infinity", "-1", "-0", "0", "1.5", "99999999999999999999", "4294967295", "2147483647", "true", "null", "\"", "'", "\0", "\\u0000", "\"\\ud800\"", "\"\\udc00x\"", "\u00ff", "\u2028",
            "../../../etc/passwd", "/etc/passwd", "/", "\\", "\n", "\r\n", "\n\n", "\t", " ", "", ",,,,", ",", ";", ":", "=", ": [", "- &a *a",
            "[]", "{}", "{", "}", "]", "[[[[[[", "{\"", "{\"a\":", "\"counts\":\"~~~~\"", "[4294967296]", "\"frames\"", "\"id\":", "\"val\":", "\"value\":", "\"type\":\"brush\"",
            "<", ">", "&", "&amp;", "&e;", "]]>", "<!DOCTYPE a [<!ENTITY e \"x\">]>", "<a>", "</a>", "/>", "frame=\"-5\"", "width=\"2000000000\"", "<image name=\"x\"/>", "1,1;2", "0, 4294967295", "iVBORw0KGgo=",
            "0 0.5 0.5 0.5 0.5 0.5 0.5 0.5", "imWidth=99999999999",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0x80, 0x80],
    ];

    /// <summary>A data set of which one file is damaged at a time.</summary>
    public static async Task OfFolderAsync(DatasetFormat format, string path, int cases, int seed, FormatOptions? options = null)
    {
        var isFile = File.Exists(path);
        var root = isFile ? Path.GetDirectoryName(path)! : path;
        var originals = (isFile ? [path] : Directory.GetFiles(path, "*", SearchOption.AllDirectories)).Where(f => new FileInfo(f).Length < 200_000).ToDictionary(f => Path.GetRelativePath(root, f), File.ReadAllBytes);
        var names = originals.Keys.Order(StringComparer.Ordinal).ToArray();
        await RunAsync(format, originals, random => names[random.Next(names.Length)], cases, seed, options);
    }

    /// <summary>One file that is damaged, which stands in a folder with others as they are.</summary>
    public static Task OfFileAsync(DatasetFormat format, byte[] file, string name, int seed, int cases, FormatOptions? options = null, IReadOnlyDictionary<string, byte[]>? others = null) =>
        RunAsync(format, new Dictionary<string, byte[]>(others ?? new Dictionary<string, byte[]>()) { [name] = file }, _ => name, cases, seed, options);

    /// <summary>Data sets of one file each.</summary>
    public static async Task OfEachAsync(DatasetFormat format, IReadOnlyList<string> files, int cases, int seed)
    {
        for (var i = 0; i < files.Count; i++)
        {
            var name = $"damaged{Path.GetExtension(files[i])}";
            await RunAsync(format, new Dictionary<string, byte[]> { [name] = await File.ReadAllBytesAsync(files[i], TestContext.Current.CancellationToken) }, _ => name, cases / files.Count + 1, seed + i * cases, options: null);
        }
    }

    private static async Task RunAsync(DatasetFormat format, Dictionary<string, byte[]> originals, Func<Random, string> choose, int cases, int seed, FormatOptions? options)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, bytes) in originals) Put(folder, name, bytes);
        var budget = new MutationBudget(format, folder.Path, options ?? FormatOptions.Default);
        await budget.WarmUpAsync();
        foreach (var each in MutationBudget.Seeds(seed, cases))
        {
            var random = new Random(each);
            var name = choose(random);
            var damaged = PngMutations.IsPng(originals[name]) && random.Next(4) > 0 ? PngMutations.Mutate(originals[name], random, Mutate) : Mutate(originals[name], random);
            Put(folder, name, damaged);
            budget.Check(each, name, originals.Sum(o => PngMutations.DecodedBytes(o.Key == name ? damaged : o.Value)));
            Put(folder, name, originals[name]);
        }

        budget.Report(cases);
    }

    private static void Put(TemporaryFolder folder, string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], bytes);
    }

    /// <summary>A damaged copy.</summary>
    public static byte[] Mutate(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (var times = random.Next(1, 6); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 48), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(6) == 0 ? bytes.Count - at : length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3:
                    var chunk = bytes.GetRange(at, length);
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(random.Next(bytes.Count + 1), chunk);
                    break;
                case 4:
                    var word = Hostile[random.Next(Hostile.Length)];
                    if (random.Next(2) == 0) bytes.RemoveRange(at, Math.Min(length, word.Length));
                    bytes.InsertRange(at, word);
                    break;
                default:
                    Exchange(bytes, at, Hostile[random.Next(Hostile.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A whole value of JSON or a field of a line is exchanged, so that the form holds and the meaning is what is wrong.</summary>
    private static void Exchange(List<byte> bytes, int at, byte[] word)
    {
        var start = bytes.FindIndex(at, b => b is (byte)':' or (byte)',' or (byte)'[' or (byte)' ');
        if (start < 0) return;
        var end = bytes.FindIndex(start + 1, b => b is (byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\n');
        if (end < 0) return;
        bytes.RemoveRange(start + 1, end - start - 1);
        bytes.InsertRange(start + 1, word);
    }
}
