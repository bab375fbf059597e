namespace Touchstone.Tests.RealData;

public class RealImagesTests
{
    [Fact]
    public void Each_data_set_has_the_images_and_things_that_its_description_counts()
    {
        var voc = RealImages.VocStreet();
        Assert.Equal((16, 26), (voc.Count, voc.Sum(i => i.Boxes.Count(b => b.Class == "person"))));

        var kitti = RealImages.KittiObject();
        Assert.Equal([(1224, 370, 1), (1242, 375, 7)], kitti.Select(i => (i.WidthPx, i.HeightPx, i.Boxes.Count)));

        var ddad = RealImages.Ddad();
        Assert.Equal(18, ddad.Count);
        Assert.All(ddad, i => Assert.Equal((1936, 1216), (i.WidthPx, i.HeightPx)));
        var front = ddad.First(i => i.Path.Contains("scene_01", StringComparison.Ordinal) && i.Path.Contains("CAMERA_01", StringComparison.Ordinal));
        Assert.Equal((22, 1, 1), (front.Boxes.Count(b => b.Class == "Car"), front.Boxes.Count(b => b.Class.StartsWith("Bus", StringComparison.Ordinal)), front.Boxes.Count(b => b.Class == "Person")));
    }

    [Fact]
    public void Instance_masks_give_the_traffic_lights_that_the_data_set_counts()
    {
        var images = RealImages.Mapillary("object--traffic-light", "object--vehicle--car");
        var lights = images.ToDictionary(i => Path.GetFileName(i.Path)[..4], i => i.Boxes.Count(b => b.Class == "object--traffic-light"));
        Assert.Equal((9, 12, 6, 12, 9, 11, 1), (images.Count, lights["-3-M"], lights["-4jz"], lights["-9y4"], lights["_2yF"], lights["_4Sj"], lights["_6lY"]));
        Assert.All(images, i => Assert.All(i.Boxes, b => Assert.True(b.Box.X >= 0 && b.Box.Right <= i.WidthPx && b.Box.Bottom <= i.HeightPx)));
    }
}
