using Touchstone.Annotations.Geometry;
using Touchstone.Demo.Scenes;
using Touchstone.Files.Images;
using Touchstone.Files.Png;

namespace Touchstone.Tests.Demo;

public class StreetSceneTests
{
    private static readonly StreetScene[] Scenes = [.. Enumerable.Range(0, 150).Select(i => StreetScene.Generate(7, i))];

    [Fact]
    public void A_scene_holds_three_to_twelve_things_that_can_be_seen()
    {
        foreach (var scene in Scenes)
        {
            Assert.InRange(scene.Objects.Count, 3, 12);
            Assert.All(scene.Objects, o =>
            {
                Assert.True(o.Box.Width >= 14 && o.Box.Height >= 14, $"{scene.Name}: {o}");
                Assert.True(o.Box.X >= 0 && o.Box.Y >= 0 && o.Box.Right <= scene.WidthPx + 0.001 && o.Box.Bottom <= scene.HeightPx + 0.001, $"{scene.Name}: {o}");
            });
        }

        Assert.Equal(Scenes.Length, Scenes.Select(s => s.Name).Distinct().Count());
    }

    [Fact]
    public void Everything_that_the_ontology_names_occurs()
    {
        var things = Scenes.SelectMany(s => s.Objects).ToArray();
        Assert.Equal(["bicycle", "bus", "car", "pedestrian", "traffic_light", "traffic_sign", "truck"], things.Select(t => t.Class).Distinct().Order(StringComparer.Ordinal));
        string[] Values(string attribute) => [.. things.Where(t => t.Attributes.ContainsKey(attribute)).Select(t => t.Attributes[attribute]).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["amber", "green", "red", "red_amber"], Values("state"));
        Assert.Equal(["left", "none", "right", "straight"], Values("arrow"));
        Assert.Equal(["left", "own", "right"], Values("lane"));
        Assert.Equal(["mostly", "none", "partly"], Values("occluded"));
        Assert.Equal(3, Scenes.Select(s => s.Time).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_and_index_give_the_same_picture_and_others_another()
    {
        var png = SceneRenderer.ToPng(StreetScene.Generate(3, 5));
        Assert.Equal(png, SceneRenderer.ToPng(StreetScene.Generate(3, 5)));
        Assert.NotEqual(png, SceneRenderer.ToPng(StreetScene.Generate(3, 6)));
        Assert.NotEqual(png, SceneRenderer.ToPng(StreetScene.Generate(4, 5)));
    }

    [Fact]
    public void A_box_is_the_extent_of_what_is_painted()
    {
        foreach (var scene in Scenes.Take(8))
        {
            var boxes = scene.Objects.Select(o => o.Box).ToList();
            foreach (var sketch in scene.Sketches)
            {
                // Only the thing itself is painted, white on black: every painted pixel lies in the box and every edge of the box is touched.
                var canvas = new Canvas(scene.WidthPx, scene.HeightPx);
                foreach (var stroke in sketch.Strokes.Where(s => s.IsBody)) canvas.Fill(stroke.Points, new Paint(new Rgb(255, 255, 255)));
                if (Extent(canvas) is not { } extent) continue;
                boxes.RemoveAll(b => Math.Abs(b.X - extent.X) <= 1.01 && Math.Abs(b.Y - extent.Y) <= 1.01 && Math.Abs(b.Right - extent.Right) <= 1.01 && Math.Abs(b.Bottom - extent.Bottom) <= 1.01);
            }

            Assert.Empty(boxes);
        }
    }

    [Fact]
    public void A_traffic_light_shines_where_its_state_says()
    {
        var judged = 0;
        foreach (var scene in Scenes.Take(40))
        {
            var lights = scene.Objects.Where(o => o.Class == "traffic_light" && o.Attributes["occluded"] == "none" && o.Box.Y > 0).ToArray();
            if (lights.Length == 0) continue;
            var pixels = SceneRenderer.Render(scene);
            foreach (var light in lights)
            {
                var lit = Enumerable.Range(0, 3).Select(lamp => Brightest(pixels, scene.WidthPx, light.Box, lamp) > 190).ToArray();
                bool[] expected = light.Attributes["state"] switch { "red" => [true, false, false], "red_amber" => [true, true, false], "amber" => [false, true, false], _ => [false, false, true] };
                Assert.True(expected.SequenceEqual(lit), $"{scene.Name}: {light.Attributes["state"]} looks like {string.Join(',', lit)}");
                judged++;
            }
        }

        Assert.True(judged > 25, $"{judged} lights");
    }

    [Fact]
    public void Nights_are_darker_than_dusks_and_dusks_than_days()
    {
        var means = Scenes.Take(24).GroupBy(s => s.Time).ToDictionary(g => g.Key, g => g.Select(s => SceneRenderer.Render(s).Average(b => (double)b)).ToArray());
        Assert.True(means[TimeOfDay.Night].Max() < means[TimeOfDay.Dusk].Min());
        Assert.True(means[TimeOfDay.Dusk].Max() < means[TimeOfDay.Day].Min());
    }

    [Fact]
    public void A_picture_says_that_it_is_synthetic_to_people_and_programs()
    {
        var scene = Scenes[0];
        var png = SceneRenderer.ToPng(scene);
        var image = PngReader.Read(new MemoryStream(png));
        Assert.Contains(new PngText("touchstone:synthetic", "true"), image.Texts);
        Assert.True(ImageProbe.TryProbe(new MemoryStream(png), out var info, out _));
        Assert.Equal((ImageFormat.Png, 960, 540), (info.Format, info.WidthPx, info.HeightPx));

        // The mark is the same dots in every picture.
        bool[] Mark(StreetScene s)
        {
            var pixels = SceneRenderer.Render(s);
            return [.. Enumerable.Range(0, 24 * 120).Select(i => pixels[((s.HeightPx - 30 + i / 120) * s.WidthPx + s.WidthPx - 125 + i % 120) * 3] == 0xF2)];
        }

        var mark = Mark(scene);
        Assert.True(mark.Count(lit => lit) > 300);
        Assert.True(mark.Zip(Mark(Scenes[1])).Count(pair => pair.First != pair.Second) < 10);
    }

    private static int Brightest(byte[] pixels, int widthPx, Box box, int lamp)
    {
        // The lamps are spaced 0.46 of 1.5 metres about the middle.
        var (centreX, centreY) = ((int)(box.X + box.Width / 2), (int)(box.Y + box.Height * (0.5 + (lamp - 1) * 0.46 / 1.5)));
        var brightest = 0;
        for (var y = centreY - 1; y <= centreY + 1; y++)
            for (var x = centreX - 1; x <= centreX + 1; x++)
                for (var c = 0; c < 3; c++)
                    brightest = Math.Max(brightest, pixels[(y * widthPx + x) * 3 + c]);
        return brightest;
    }

    private static Box? Extent(Canvas canvas)
    {
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        for (var i = 0; i < canvas.Pixels.Length; i += 3)
        {
            if (canvas.Pixels[i] < 8) continue;
            var (x, y) = (i / 3 % canvas.WidthPx, i / 3 / canvas.WidthPx);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x + 1), Math.Min(top, y), Math.Max(bottom, y + 1));
        }

        return right < 0 ? null : new Box(left, top, right - left, bottom - top);
    }
}
