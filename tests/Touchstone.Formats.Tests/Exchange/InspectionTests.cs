using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Tests.Exchange;

public sealed class InspectionTests
{
    [Fact]
    public void What_is_probably_wrong_is_named()
    {
        static LabelledObject Car(double x, double y, double width, double height, string name = "car") => new(name, new Outline(new Box(x, y, width, height)));
        var inspection = new Inspection(new DatasetFacts { Classes = [new ObjectClass("car")] });
        inspection.Add(new Sample
        {
            Name = "a.jpg",
            WidthPx = 100,
            HeightPx = 80,
            Opinions = [new Opinion { Objects = [Car(10, 10, 30, 30), Car(10.1, 10, 30, 30), Car(50, 10, 30, 30), Car(90, 10, 30, 30), Car(5, 5, 0, 9), Car(1, 1, 2, 2), Car(50, 50, 9, 9, "van")] }],
        });
        inspection.Add(new Sample { Name = "b.jpg" });
        Assert.Equal(["duplicate 1", "no_area 1", "outside_image 1", "tiny 1", "unknown_class 1"], inspection.Suspicions.Select(s => $"{s.Kind} {s.Count}"));
        Assert.Equal((2, 1), (inspection.Survey.Samples, inspection.Survey.Empty));
        Assert.Equal((100, 80, 100, 80), inspection.Sizes);
    }
}
