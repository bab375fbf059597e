namespace Touchstone.Demo.Scenes;

/// <summary>The few letters that the scenes need, five dots wide and seven high.</summary>
internal static class PixelFont
{
    public const int Height = 7;

    private static readonly Dictionary<char, string[]> Glyphs = new()
    {
        ['s'] = [".....", ".....", ".####", "#....", ".###.", "....#", "####."],
        ['y'] = [".....", "#...#", "#...#", "#...#", ".####", "....#", ".###."],
        ['n'] = [".....", ".....", "####.", "#...#", "#...#", "#...#", "#...#"],
        ['t'] = [".#...", ".#...", "###..", ".#...", ".#...", ".#..#", "..##."],
        ['h'] = ["#....", "#....", "####.", "#...#", "#...#", "#...#", "#...#"],
        ['e'] = [".....", ".....", ".###.", "#...#", "#####", "#....", ".###."],
        ['i'] = ["..#..", ".....", ".##..", "..#..", "..#..", "..#..", ".###."],
        ['c'] = [".....", ".....", ".####", "#....", "#....", "#....", ".####"],
        ['0'] = [".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."],
        ['3'] = ["####.", "....#", "....#", ".###.", "....#", "....#", "####."],
        ['5'] = ["#####", "#....", "####.", "....#", "....#", "#...#", ".###."],
        ['S'] = [".####", "#....", "#....", ".###.", "....#", "....#", "####."],
        ['T'] = ["#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#.."],
        ['O'] = [".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."],
        ['P'] = ["####.", "#...#", "#...#", "####.", "#....", "#....", "#...."],
    };

    public static int WidthOf(string text) => text.Length * 6 - 1;

    /// <summary>The dots of a text, each by column and row from its top left.</summary>
    public static IEnumerable<(int Column, int Row)> Dots(string text)
    {
        for (var i = 0; i < text.Length; i++)
            for (var row = 0; row < Height; row++)
                for (var column = 0; column < 5; column++)
                    if (Glyphs[text[i]][row][column] == '#')
                        yield return (i * 6 + column, row);
    }
}
