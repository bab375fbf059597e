using System.Globalization;
using Touchstone.Testing;
using Touchstone.Text.Languages;

namespace Touchstone.Text.Tests.Languages;

/// <summary>
/// Small models that fastText 0.9.2 (Debian's package) trained and quantised on lines of the Universal Declaration of Human Rights in six languages, with what its own
/// <c>predict-prob</c> says of other lines: FastText/README.md tells how they were made.
/// </summary>
public sealed class FastTextModelTests
{
    private static string File(string name) => Path.Combine(Repository.Root, "tests", "Touchstone.Text.Tests", "Languages", "FastText", name);

    private static FastTextModel Model(string name)
    {
        using var stream = System.IO.File.OpenRead(File(name));
        return FastTextModel.Read(stream);
    }

    [Theory]
    [InlineData("hs.bin")]   // hierarchical softmax with runs of letters, as in lid.176
    [InlineData("ova.bin")]  // one against all with runs of words
    [InlineData("soft.bin")] // softmax
    [InlineData("soft.ftz")] // the same with pruned words, product quantisation and quantised lengths, as in lid.176.ftz
    public void Every_probability_is_what_fastText_says(string name)
    {
        var model = Model(name);
        var (lines, expected) = (System.IO.File.ReadAllLines(File("lines.txt")), System.IO.File.ReadAllLines(File(name + ".txt")));
        Assert.Equal(lines.Length, expected.Length);
        var probabilities = new float[model.Languages.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            Assert.True(model.TryScore(lines[i], probabilities));
            var parts = expected[i].Split(' ');
            for (var p = 0; p < parts.Length; p += 2)
            {
                var label = model.Languages.ToList().IndexOf(parts[p]["__label__".Length..]);
                var probability = double.Parse(parts[p + 1], CultureInfo.InvariantCulture);
                Assert.Equal(Math.Min(1, probability), Math.Min(1, probabilities[label] + 1e-5), 6e-5); // fastText adds a hundred thousandth to every factor before it takes the logarithm
            }
        }
    }

    [Fact]
    public void Line_ends_are_blanks_and_nothing_is_still_the_end_of_a_line()
    {
        var model = Model("soft.bin");
        var (one, two) = (new float[6], new float[6]);
        model.TryScore("Toute personne a droit", one);
        model.TryScore("Toute\npersonne\n a  droit", two);
        Assert.Equal(one, two);
        Assert.True(model.TryScore("", one));
    }

    [Theory]
    [InlineData("hs.bin")]
    [InlineData("soft.ftz")]
    public void A_model_cut_anywhere_is_refused_with_its_place(string name)
    {
        var bytes = System.IO.File.ReadAllBytes(File(name));
        for (var length = 0; length < bytes.Length; length += 97)
        {
            var refusal = Assert.Throws<InvalidDataException>(() => FastTextModel.Read(new MemoryStream(bytes, 0, length)));
            Assert.StartsWith("Byte ", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damaged_numbers_are_refused_without_asking_for_their_memory()
    {
        var bytes = System.IO.File.ReadAllBytes(File("soft.ftz"));
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var i = 0; i < 8; i++) damaged[random.Next(round < 150 ? 100 : damaged.Length)] = (byte)random.Next(256);
            try
            {
                var model = FastTextModel.Read(new MemoryStream(damaged));
                model.TryScore("Toute personne", new float[model.Languages.Count]);
            }
            catch (InvalidDataException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }
}
