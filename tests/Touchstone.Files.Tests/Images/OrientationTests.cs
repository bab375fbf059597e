using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Images;

namespace Touchstone.Files.Tests.Images;

public class OrientationTests
{
    // The letter F, stored so that a viewer that obeys the tag shows it upright: the eight pictures of the EXIF standard.
    private static readonly string[] Upright = ["###", "#..", "##.", "#.."];

    private static readonly string[][] Stored =
    [
        ["###", "#..", "##.", "#.."],
        ["###", "..#", ".##", "..#"],
        ["..#", ".##", "..#", "###"],
        ["#..", "##.", "#..", "###"],
        ["####", "#.#.", "#..."],
        ["#...", "#.#.", "####"],
        ["...#", ".#.#", "####"],
        ["####", ".#.#", "...#"],
    ];

    [Fact]
    public void A_letter_stored_in_each_of_the_eight_ways_is_seen_upright()
    {
        for (var tag = 1; tag <= 8; tag++)
        {
            var stored = Stored[tag - 1];
            var orientation = new Orientation(tag);
            int width = stored[0].Length, height = stored.Length;
            Assert.Equal((3, 4), orientation.OrientedSize(width, height));
            var seen = Enumerable.Range(0, 4).Select(_ => new char[3]).ToArray();
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    var box = orientation.ToOriented(new PixelBox(x, y, 1, 1), width, height);
                    Assert.Equal((1, 1), (box.Width, box.Height));
                    seen[(int)box.Y][(int)box.X] = stored[y][x];
                }

            Assert.Equal(Upright, seen.Select(row => new string(row)));
        }
    }

    [Fact]
    public void To_stored_undoes_to_oriented() =>
        Prop.ForAll(
            Gen.Choose(1, 8).ToArbitrary(),
            Gen.Choose(0, 4000).Select(i => i / 8.0).Four().ToArbitrary(),
            (tag, v) =>
            {
                var orientation = new Orientation(tag);
                var (x, y) = orientation.ToOriented(v.Item1, v.Item2, 500, 300);
                Assert.Equal((v.Item1, v.Item2), orientation.ToStored(x, y, 500, 300));
                var box = new PixelBox(v.Item1, v.Item2, v.Item3, v.Item4);
                Assert.Equal(box, orientation.ToStored(orientation.ToOriented(box, 500, 300), 500, 300));
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(-1)]
    [InlineData(65535)]
    public void A_tag_that_EXIF_does_not_have_turns_nothing(int tag) => Assert.Equal(new Orientation(1), new Orientation(tag));

    [Fact]
    public void No_orientation_at_all_is_as_stored() => Assert.Equal(1, default(Orientation).Tag);
}
