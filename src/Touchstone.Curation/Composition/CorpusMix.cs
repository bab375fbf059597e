using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Composition;

/// <summary>
/// Mixes sources by weight and shuffles the whole, out of core. Sources are read twice: once to learn their sizes, from which follows how often documents of each go in; then each document's copies are scattered by random
/// keys and come out in the order of these. Records go through byte for byte where the recipe does not mark them, so that all they say of their origin, licence and making is carried.
/// </summary>
/// <remarks>
/// A key is xxHash64 of seed, source, file, number of the document in its file and number of its copy: the same recipe, sources and seed give the same bytes, whatever the memory and the workers. Each line is written twice.
/// Every order is as likely as 64 random bits allow. Each document is drawn by itself, so that shares are met on average; the manifest states what was drawn.
/// </remarks>
public sealed class CorpusMix
{
    /// <summary>Name of the list of what could not be read.</summary>
    public const string FaultsName = "faults.jsonl";

    /// <summary>Bytes of lines that are compressed together.</summary>
    private const int BlockBytes = 1 << 20;

    private readonly MixRecipe _recipe;
    private readonly RunOptions _options;
    private readonly List<MixInput> _inputs;

    private CorpusMix(MixRecipe recipe, RunOptions options, List<MixInput> inputs) => (_recipe, _options, _inputs) = (recipe, options, inputs);

    /// <summary>Mixes and shuffles.</summary>
    /// <param name="recipe">What goes in and how it is written.</param>
    /// <param name="folder">The folder that appears when all is done; it may be there and empty.</param>
    /// <param name="options">Threads, memory, clock and progress.</param>
    /// <param name="cancellationToken">Stops; nothing stays.</param>
    /// <exception cref="InvalidDataException">A source has no documents, or fewer than are asked for; the folder is taken; a source reads what the mixture writes.</exception>
    /// <exception cref="FileNotFoundException">A pattern names no file.</exception>
    /// <exception cref="IOException">A file cannot be read or written, changed meanwhile, or the memory is too small.</exception>
    public static async Task<MixManifest> RunAsync(MixRecipe recipe, string folder, RunOptions options, CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        recipe.Blocks.Check();
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        WholeFolder.Check(target);
        CheckSources(recipe, target);
        var mix = new CorpusMix(recipe, options, Inputs(recipe));
        using var place = WholeFolder.Begin(target);
        var repeats = mix.Plan(mix.Count(place, cancellationToken));
        var outputs = mix.Gather(place, mix.Scatter(place, repeats, cancellationToken), cancellationToken);
        FaultFile.Gather(place.Scratch, mix._inputs.Count, Path.Combine(place.Partial, FaultsName));
        var manifest = mix.Manifest(repeats, outputs, clock.Elapsed.TotalSeconds);
        await DurableFile.WriteAsync(Path.Combine(place.Partial, MixManifest.FileName), manifest.ToBytes(), cancellationToken);
        place.Finish();
        return manifest;
    }

    private static void CheckSources(MixRecipe recipe, string target)
    {
        foreach (var source in recipe.Sources)
            if (source.Source.Reads(Path.Combine(target, "00000-000" + Ending(recipe))) is { } pattern)
                throw new InvalidDataException($"{source.Name}: the pattern {pattern} would read {target}, which the mixture writes. Name a narrower pattern, or put the mixture elsewhere.");
    }

    private static string Ending(MixRecipe recipe) => ".jsonl" + recipe.Blocks.Ending;

    private static List<MixInput> Inputs(MixRecipe recipe)
    {
        var inputs = new List<MixInput>();
        for (var s = 0; s < recipe.Sources.Count; s++)
        {
            var source = recipe.Sources[s];
            try
            {
                var files = source.Source.Files();
                for (var f = 0; f < files.Count; f++) inputs.Add(new(inputs.Count, s, source, f, files[f]));
            }
            catch (FileNotFoundException missing)
            {
                throw new FileNotFoundException($"{source.Name}: {missing.Message}", missing);
            }
        }

        return inputs;
    }

    /// <summary>The first reading: how much there is of each source.</summary>
    private MixCount[] Count(WholeFolder place, CancellationToken cancellationToken)
    {
        var pass = new MixPass("Counting", _inputs, _options);
        pass.Run(input =>
        {
            var (lines, count) = (new MixLines(input.Source, _recipe.Mark), input.Count);
            using var faults = new FaultFile(place.Scratch, input.Number);
            input.Read(document =>
            {
                count.Read.Add(TextSize.Of(document.Text));
                if (_recipe.TokenMember is { } tokens) count.ReadTokens += MixInput.TokensOf(document, tokens);
                count.LineBytes += lines.Of(document).Length;
            }, fault =>
            {
                count.Faults[fault.Code] = count.Faults.GetValueOrDefault(fault.Code) + 1;
                faults.Write(fault);
            }, (bytes, documents) => pass.Report(bytes, documents, documents), cancellationToken);
        }, cancellationToken);
        return CountsOfSources();
    }

    private MixCount[] CountsOfSources()
    {
        var counts = new MixCount[_recipe.Sources.Count];
        for (var s = 0; s < counts.Length; s++) counts[s] = new();
        foreach (var input in _inputs) counts[input.SourceIndex].Add(input.Count);
        return counts;
    }

    /// <summary>How often documents of each source go in.</summary>
    private double[] Plan(MixCount[] counts)
    {
        var sizes = counts.Select(c => c.Size(_recipe.Unit)).ToArray();
        for (var s = 0; s < sizes.Length; s++)
            if (!(sizes[s] > 0)) throw new InvalidDataException($"{_recipe.Sources[s].Name}: expected a document with {UnitName}, found {(counts[s].Read.Documents == 0 ? "no document" : "none")}.");
        if (!_recipe.HasWeights) return [.. _recipe.Sources.Select((s, n) => RepeatsOf(s, sizes[n]))];
        try
        {
            return [.. Mixture.Plan([.. _recipe.Sources.Select((s, n) => new MixturePart(s.Name, sizes[n], s.Weight!.Value))], _recipe.RepeatsMax, _recipe.Size).Repeats];
        }
        catch (ArgumentException refused)
        {
            throw new InvalidDataException($"{refused.Message.Split(" (Parameter '")[0]} Ask for a smaller size, or allow more by repeats_max.", refused);
        }
    }

    private double RepeatsOf(MixSource source, double size)
    {
        if (source.Amount is not { } amount) return source.Repeats ?? 1;
        if (amount <= size * _recipe.RepeatsMax) return amount / size;
        throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: expected an amount of up to {size * _recipe.RepeatsMax:0.##} {UnitName}, {_recipe.RepeatsMax:0.##} times what there is, found {amount:0.##}. Ask for less, or allow more by repeats_max."));
    }

    private string UnitName => ParameterBinder.SnakeCase(_recipe.Unit.ToString());

    /// <summary>The second reading: each document's copies get their keys.</summary>
    private ShuffleBuckets Scatter(WholeFolder place, double[] repeats, CancellationToken cancellationToken)
    {
        var buckets = ShuffleBuckets.For(place.Scratch, _inputs.Sum(i => i.Count.LineBytes * repeats[i.SourceIndex]), _inputs.Sum(i => i.Count.Read.Documents * repeats[i.SourceIndex]), _options.MemoryBytes);
        var pass = new MixPass("Scattering", _inputs, _options);
        pass.Run(input =>
        {
            var lines = new MixLines(input.Source, _recipe.Mark);
            var seed = DocumentDraw.Bits(_recipe.Seed, input.Source.Name);
            var (number, told) = (0L, 0L);
            input.Read(document => Put(document, input, lines, buckets, seed, number++, repeats[input.SourceIndex]), _ => { }, (bytes, documents) =>
            {
                pass.Report(bytes, documents, input.Count.Written.Documents - told);
                told = input.Count.Written.Documents;
            }, cancellationToken);
            input.ExpectSame(number);
        }, cancellationToken);
        return buckets;
    }

    private void Put(Document document, MixInput input, MixLines lines, ShuffleBuckets buckets, ulong seed, long number, double repeats)
    {
        var copies = (int)repeats;
        if ((Key(seed, input.FileIndex, number, -1) >> 11) * (1.0 / (1UL << 53)) < repeats - copies) copies++;
        if (copies == 0) return;
        input.Count.AddLicence(RecordMembers.Text(document, "license") ?? RecordMembers.Text(document, "licence") ?? "", copies);
        input.Count.Wrote(TextSize.Of(document.Text), _recipe.TokenMember is { } tokens ? MixInput.TokensOf(document, tokens) : 0, copies);
        var line = lines.Of(document);
        for (var copy = 0; copy < copies; copy++) buckets.Add(Key(seed, input.FileIndex, number, copy), line);
    }

    private static ulong Key(ulong seed, int file, long number, int copy)
    {
        Span<byte> name = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(name, file);
        BinaryPrimitives.WriteInt32LittleEndian(name[4..], copy);
        BinaryPrimitives.WriteInt64LittleEndian(name[8..], number);
        return XxHash64.Hash(name, seed);
    }

    private List<OutputFile> Gather(WholeFolder place, ShuffleBuckets buckets, CancellationToken cancellationToken)
    {
        using var files = new PartWriter(place.Partial, ".", "00000", Ending(_recipe), _recipe.ShardBytes, PartState.Empty);
        var block = new ArrayBufferWriter<byte>(BlockBytes);
        var (inBlock, written, total) = (0L, 0L, buckets.Bytes);
        buckets.Drain((line, done) =>
        {
            block.Write(line);
            block.Write("\n"u8);
            inBlock++;
            if (block.WrittenCount >= BlockBytes) Write(done);
        }, cancellationToken);
        Write(total);
        return [.. files.Finish().Select(f => f with { Name = Path.GetFileName(f.Name) })];

        void Write(long done)
        {
            files.Append(_recipe.Blocks.Compress(block.WrittenSpan).Span, inBlock);
            written += inBlock;
            block.ResetWrittenCount();
            inBlock = 0;
            _options.Progress?.Invoke(new("Writing", done, total, written, written));
        }
    }

    private MixManifest Manifest(double[] repeats, List<OutputFile> outputs, double seconds)
    {
        var counts = CountsOfSources();
        var whole = counts.Sum(c => c.WrittenSize(_recipe.Unit));
        var written = new Amount();
        foreach (var count in counts) written.Add(count.Written);
        var hasTokens = _recipe.TokenMember is not null;
        return new()
        {
            Program = $"touchstone {typeof(CorpusMix).Assembly.GetName().Version?.ToString(3)}",
            Recipe = _recipe.Parameters,
            RecipeDigest = _recipe.Digest(),
            Sources = [.. _recipe.Sources.Select((s, n) => new MixManifestSource(
                s.Name, s.Licence, [.. _inputs.Where(i => i.SourceIndex == n).Select(i => i.Planned)], counts[n].Read, hasTokens ? counts[n].ReadTokens : null, counts[n].Faults, repeats[n], counts[n].Written,
                hasTokens ? counts[n].WrittenTokens : null, whole > 0 ? counts[n].WrittenSize(_recipe.Unit) / whole : 0, counts[n].Licences))],
            Written = written,
            Outputs = outputs,
            FinishedAt = _options.Clock.GetUtcNow(),
            WallSeconds = seconds,
        };
    }
}
