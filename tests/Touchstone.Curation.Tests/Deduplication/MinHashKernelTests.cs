using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Deduplication.MinHash;
using TestData = Touchstone.Testing.TestData;

namespace Touchstone.Curation.Tests.Deduplication;

public sealed class MinHashKernelTests
{
    [Fact]
    public void Permutations_of_seed_1_are_those_that_numpy_draws()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "text", "minhash-params-seed1.json")));
        ulong[] Numbers(string name) => [.. file.RootElement.GetProperty(name).EnumerateArray().Select(v => ulong.Parse(v.GetString()!))];
        var permutations = new MinHashPermutations(MinHashParameters.Datatrove);
        Assert.Equal(Numbers("a"), permutations.Multipliers);
        Assert.Equal(Numbers("b"), permutations.Addends);
    }

    [Fact]
    public void Vectors_give_what_the_plain_loop_gives() => Prop.ForAll<ulong[], ulong[], bool>((hashes, seeds, narrow) =>
    {
        if (hashes.Length == 0) hashes = [ulong.MaxValue];
        // Odd lengths leave a rest behind the vectors; small multipliers reach p and just above it.
        var length = 16 + seeds.Length;
        var (a, b) = (new ulong[length], new ulong[length]);
        for (var i = 0; i < length; i++) (a[i], b[i]) = (i < seeds.Length ? seeds[i] : (ulong)i, i % 3 == 0 ? MinHashPermutations.Prime - (ulong)i : (ulong)i * 0x9E3779B97F4A7C15);
        var (fast, plain) = (new ulong[length], new ulong[length]);
        var mask = narrow ? uint.MaxValue : ulong.MaxValue;
        MinHashKernel.Minima(hashes, a, b, mask, fast);
        MinHashKernel.MinimaPlain(hashes, a, b, mask, plain);
        return fast.AsSpan().SequenceEqual(plain);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Vectors_of_32_bits_give_what_the_plain_loop_gives() => Prop.ForAll<ulong[], uint[]>((hashes, seeds) =>
    {
        uint[] a = [.. seeds, .. Enumerable.Range(1, 33).Select(i => (uint)i * 2654435761)], b = [.. a.Reverse()];
        var (fast, plain) = (new ulong[a.Length], new ulong[a.Length]);
        MinHashKernel.MinimaOf32Bits(hashes, a, b, fast);
        MinHashKernel.MinimaOf32BitsPlain(hashes, a, b, plain);
        return fast.AsSpan().SequenceEqual(plain);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Permutations_modulo_two_to_the_32_are_those_of_cudf()
    {
        // cudf's own test of minhash_permuted: width 5, seed 0, parameters 1, 2, 3.
        Check("this is my", [1305480168, 462824406, 74608229]);
        Check("favorite book", [32665385, 65330770, 97996155]);

        static void Check(string text, ulong[] expected)
        {
            var shingler = new Shingler(MinHashParameters.Nemo with { ShingleLength = 5 }, seed: 0);
            var values = new ulong[3];
            MinHashKernel.MinimaOf32Bits(shingler.Hash(text), [1, 2, 3], [1, 2, 3], values);
            Assert.Equal(expected, values);
        }
    }

    [Theory]
    [InlineData(0.75, 0.772)]
    [InlineData(0.8, 0.924)]
    [InlineData(0.5, 0.053)]
    public void Documents_meet_with_the_published_probabilities(double similarity, double expected) =>
        Assert.Equal(expected, MinHashParameters.Datatrove.ProbabilityOfMeeting(similarity), 3);

    [Fact]
    public void The_best_split_is_the_one_that_text_dedup_and_datasketch_use()
    {
        Assert.Equal((MinHashParameters.TextDedup.Buckets, MinHashParameters.TextDedup.Rows), MinHashParameters.BestSplit(0.7, 256));
        Assert.Equal((25, 5), MinHashParameters.BestSplit(0.5, 128));
    }

    [Fact]
    public void Parameters_out_of_their_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new MinHashSigner(MinHashParameters.Datatrove with { Buckets = 0 }));
        Assert.Throws<ArgumentException>(() => new MinHashSigner(MinHashParameters.Datatrove with { ValueBits = 16 }));
        Assert.Throws<ArgumentException>(() => new MinHashDeduplication(new MinHashOptions { Keep = SurvivorRule.HighestScore }));
        Assert.Throws<ArgumentException>(() => new MinHashDeduplication(new MinHashOptions { JaccardMin = 0 }));
    }

    [Fact]
    public void Short_texts_have_no_signature_where_their_tools_give_none()
    {
        Assert.True(new MinHashSigner(MinHashParameters.Datatrove).Sign("only four words here").IsEmpty);
        Assert.False(new MinHashSigner(MinHashParameters.Datatrove).Sign("these are five words here").IsEmpty);
        Assert.True(new MinHashSigner(MinHashParameters.TextDedup).Sign("four words are there").IsEmpty);
        Assert.False(new MinHashSigner(MinHashParameters.TextDedup).Sign("five words are there now").IsEmpty);
        Assert.True(new MinHashSigner(MinHashParameters.Nemo).Sign("").IsEmpty);
        Assert.False(new MinHashSigner(MinHashParameters.Nemo).Sign("short").IsEmpty);
    }
}
