using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Quality.Matching;
using Touchstone.Statistics;
using Member = Touchstone.Quality.Consensus.ShapesConsensus.Member;

namespace Touchstone.Quality.Consensus;

/// <summary>One geometry from several contributors' geometries of the same thing.</summary>
internal static class ShapeFusion
{
    private const double Huber = 1.5;
    private const int HuberRounds = 10;
    private const int DensePoints = 64;
    private const int PullRounds = 2;

    /// <summary>A contributor's weight: the inverse of the variance of their edges.</summary>
    public static double WeightOf(Member member) => 1 / (member.Marking.LocalisationNoise * member.Marking.LocalisationNoise);

    /// <summary>Fuses the geometries of one kind; the others are only counted as support.</summary>
    public static ShapeGeometry Fuse(ShapesQuestion question, IReadOnlyList<Member> members, GeometryKind kind)
    {
        Member[] same = [.. members.Where(m => m.Shape.Geometry.Kind == kind)];
        if (same.Length == 1) return Rounded(same[0].Shape.Geometry);
        return Rounded(kind switch
        {
            GeometryKind.Box => Boxes(same),
            GeometryKind.RotatedBox => RotatedBoxes(question, same),
            GeometryKind.Keypoints => Keypoints(same),
            GeometryKind.Polygon => Better(question, same, medoid => PulledPolygon(medoid, same)),
            GeometryKind.Polyline => Better(question, same, medoid => PulledPolyline(medoid, same)),
            _ => Medoid(question, same).Shape.Geometry,
        });
    }

    /// <summary>The part of the geometry that lies in the picture: tools let edges reach half a pixel beyond. A rotated box stays as it is, since cut it would be none.</summary>
    public static ShapeGeometry Inside(ShapeGeometry geometry, InputExtent picture)
    {
        double X(double x) => Math.Clamp(x, 0, picture.WidthPx);
        double Y(double y) => Math.Clamp(y, 0, picture.HeightPx);
        Point[] Points(IReadOnlyList<Point> points) => [.. points.Select(p => new Point(X(p.X), Y(p.Y)))];
        return geometry switch
        {
            Box b when b.X < 0 || b.Y < 0 || b.Right > picture.WidthPx || b.Bottom > picture.HeightPx => Rounded(new Box(X(b.X), Y(b.Y), X(b.Right) - X(b.X), Y(b.Bottom) - Y(b.Y))),
            Polygon p => new Polygon(Points(p.Points)),
            Polyline p => new Polyline(Points(p.Points)),
            Keypoints k => new Keypoints([.. k.Points.Select(p => p.Visibility == Visibility.NotLabelled ? p : p with { X = X(p.X), Y = Y(p.Y) })]),
            _ => geometry,
        };
    }

    /// <summary>Each edge by itself, as a robust weighted mean.</summary>
    private static Box Boxes(Member[] members)
    {
        var boxes = Array.ConvertAll(members, m => (Box)m.Shape.Geometry);
        var spreads = EdgeSpreads(members);
        double Edge(Func<Box, double> edge) => RobustMean(Array.ConvertAll(boxes, b => edge(b)), spreads);
        var (left, top, right, bottom) = (Edge(b => b.X), Edge(b => b.Y), Edge(b => b.Right), Edge(b => b.Bottom));
        return new Box(left, top, Math.Max(0, right - left), Math.Max(0, bottom - top));
    }

    /// <summary>
    /// Every box is first written in the way nearest to the medoid's: turned by quarters with sides exchanged, the same rectangle has four
    /// names. Angles then are averaged as differences from the medoid's, which are small.
    /// </summary>
    private static RotatedBox RotatedBoxes(ShapesQuestion question, Member[] members)
    {
        var reference = (RotatedBox)Medoid(question, members).Shape.Geometry;
        var aligned = Array.ConvertAll(members, m => Aligned((RotatedBox)m.Shape.Geometry, reference));
        var spreads = EdgeSpreads(members);
        double Mean(Func<RotatedBox, double> value) => RobustMean(Array.ConvertAll(aligned, b => value(b)), spreads);
        // An edge that is off by so much turns the box by so much over half its length.
        var turns = Array.ConvertAll(spreads, s => 2 * s / Math.Max(1e-9, Math.Max(reference.Width, reference.Height)));
        var angle = reference.Angle + RobustMean(Array.ConvertAll(aligned, b => b.Angle - reference.Angle), turns);
        return new RotatedBox(Mean(b => b.CentreX), Mean(b => b.CentreY), Math.Max(0, Mean(b => b.Width)), Math.Max(0, Mean(b => b.Height)), Math.IEEERemainder(angle, 2 * Math.PI));
    }

    private static RotatedBox Aligned(RotatedBox box, RotatedBox reference)
    {
        RotatedBox? best = null;
        var least = double.PositiveInfinity;
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var turned = quarter % 2 == 0 ? box : box with { Width = box.Height, Height = box.Width };
            var difference = Math.IEEERemainder(box.Angle + quarter * Math.PI / 2 - reference.Angle, 2 * Math.PI);
            var size = Math.Max(1e-9, reference.Width + reference.Height);
            // Sides tell which quarter is meant unless the box is square; then the angle does.
            var cost = Math.Abs(difference) / Math.PI + 4 * (Math.Abs(turned.Width - reference.Width) + Math.Abs(turned.Height - reference.Height)) / size;
            if (cost >= least) continue;
            least = cost;
            best = turned with { Angle = reference.Angle + difference };
        }

        return best!;
    }

    /// <summary>Each point by itself: whether it was labelled and whether it is seen by weight, its place as a robust weighted mean.</summary>
    private static Keypoints Keypoints(Member[] members)
    {
        var all = Array.ConvertAll(members, m => ((Keypoints)m.Shape.Geometry).Points);
        var count = all.Max(p => p.Count);
        var weights = Array.ConvertAll(members, WeightOf);
        var spreads = EdgeSpreads(members);
        var points = new Keypoint[count];
        for (var i = 0; i < count; i++)
        {
            double Weight(Visibility visibility) => StableSum.Of(Enumerable.Range(0, all.Length).Where(m => i < all[m].Count && all[m][i].Visibility == visibility).Select(m => weights[m]));
            var (none, hidden, visible) = (Weight(Visibility.NotLabelled), Weight(Visibility.Hidden), Weight(Visibility.Visible));
            if (none > hidden + visible) continue;
            int[] labelled = [.. Enumerable.Range(0, all.Length).Where(m => i < all[m].Count && all[m][i].Visibility != Visibility.NotLabelled)];
            double[] at = [.. labelled.Select(m => spreads[m])];
            points[i] = new Keypoint(
                RobustMean([.. labelled.Select(m => all[m][i].X)], at), RobustMean([.. labelled.Select(m => all[m][i].Y)], at), visible >= hidden ? Visibility.Visible : Visibility.Hidden);
        }

        return new Keypoints(points);
    }

    /// <summary>The medoid with its points pulled to the consensus, where that is more like everybody's shapes; otherwise the medoid itself.</summary>
    private static ShapeGeometry Better(ShapesQuestion question, Member[] members, Func<ShapeGeometry, ShapeGeometry?> pull)
    {
        var medoid = Medoid(question, members);
        var pulled = pull(medoid.Shape.Geometry);
        if (pulled is null) return medoid.Shape.Geometry;
        double Likeness(Shape shape) => members.Sum(m => WeightOf(m) * ShapeMatching.SimilarityOf(question, shape, m.Shape));
        // The medoid is wholly like itself, which says nothing of how good it is.
        var own = Likeness(medoid.Shape) - WeightOf(medoid);
        var fused = medoid.Shape with { Geometry = pulled };
        return Likeness(fused) - WeightOf(medoid) * ShapeMatching.SimilarityOf(question, fused, medoid.Shape) >= own ? pulled : medoid.Shape.Geometry;
    }

    private static Polygon? PulledPolygon(ShapeGeometry medoid, Member[] members)
    {
        var others = Array.ConvertAll(members, m => ((Polygon)m.Shape.Geometry).Points);
        var points = Pulled(((Polygon)medoid).Points, others, members, isClosed: true);
        return Outline.CrossesItself(points) ? null : new Polygon(points);
    }

    private static Polyline PulledPolyline(ShapeGeometry medoid, Member[] members)
    {
        var points = ((Polyline)medoid).Points;
        // Lines are compared in the medoid's direction, whichever end was drawn first.
        var others = Array.ConvertAll(members, m => Outline.InDirectionOf(((Polyline)m.Shape.Geometry).Points, points));
        var pulled = Pulled(points, others, members, isClosed: false);
        var spreads = EdgeSpreads(members);
        foreach (var (end, pick) in new (int, Func<IReadOnlyList<Point>, Point>)[] { (0, p => p[0]), (pulled.Length - 1, p => p[^1]) })
            pulled[end] = new Point(RobustMean(Array.ConvertAll(others, o => pick(o).X), spreads), RobustMean(Array.ConvertAll(others, o => pick(o).Y), spreads));
        return new Polyline(pulled);
    }

    /// <summary>
    /// The outline, with points put in between, each moved to the robust mean of the points nearest to it on everybody's outline; then without
    /// the points that it does not need within half of what the mean itself may be off.
    /// </summary>
    private static Point[] Pulled(IReadOnlyList<Point> outline, IReadOnlyList<Point>[] outlines, Member[] members, bool isClosed)
    {
        var spreads = EdgeSpreads(members);
        var points = Outline.Densified(outline, DensePoints, isClosed);
        for (var round = 0; round < PullRounds; round++)
        {
            for (var i = 0; i < points.Length; i++)
            {
                var nearest = Array.ConvertAll(outlines, o => Outline.Nearest(points[i], o, isClosed));
                points[i] = new Point(RobustMean(Array.ConvertAll(nearest, p => p.X), spreads), RobustMean(Array.ConvertAll(nearest, p => p.Y), spreads));
            }
        }

        var tolerance = 0.5 / Math.Sqrt(StableSum.Of(spreads.Select(s => 1 / (s * s))));
        return Outline.Simplified(points, tolerance, isClosed);
    }

    /// <summary>The shape most like all others, by weight; of equals the first by response id.</summary>
    private static Member Medoid(ShapesQuestion question, Member[] members) =>
        members.OrderByDescending(m => Math.Round(members.Where(o => !ReferenceEquals(o, m)).Sum(o => WeightOf(o) * ShapeMatching.SimilarityOf(question, m.Shape, o.Shape)), 9)).First();

    /// <summary>Standard deviation of each contributor's edges in pixels.</summary>
    private static double[] EdgeSpreads(Member[] members)
    {
        var size = Quantiles.Of(Array.ConvertAll(members, m => (m.Shape.Geometry.Bounds.Width + m.Shape.Geometry.Bounds.Height) / 2), 0.5);
        return Array.ConvertAll(members, m => Math.Max(1e-6, size * m.Marking.LocalisationNoise));
    }

    /// <summary>
    /// Weighted mean in which a value further than 1.5 of its standard deviations from the mean counts only as if it were that near: one box that took in a
    /// neighbour does not drag the edge along. Starts at the weighted median.
    /// </summary>
    /// <remarks>P. J. Huber, Annals of Mathematical Statistics 35(1), 1964, by iterated reweighting for a fixed number of rounds.</remarks>
    private static double RobustMean(double[] values, double[] spreads)
    {
        if (values.Length == 1) return values[0];
        var weights = Array.ConvertAll(spreads, s => 1 / (s * s));
        if (values.Length == 2) return (weights[0] * values[0] + weights[1] * values[1]) / (weights[0] + weights[1]);
        var mean = Quantiles.WeightedMedian(values, weights);
        for (var round = 0; round < HuberRounds; round++)
        {
            double sum = 0, total = 0;
            for (var i = 0; i < values.Length; i++)
            {
                var distance = Math.Abs(values[i] - mean) / spreads[i];
                var weight = weights[i] * (distance <= Huber ? 1 : Huber / distance);
                sum += weight * values[i];
                total += weight;
            }

            mean = sum / total;
        }

        return mean;
    }

    /// <summary>Rounded as answers are written, so that what is graded is what is released.</summary>
    private static ShapeGeometry Rounded(ShapeGeometry geometry)
    {
        static double Pixel(double value) => Math.Round(value, 3) + 0.0;
        static Point[] Pixels(IReadOnlyList<Point> points) => [.. points.Select(p => new Point(Pixel(p.X), Pixel(p.Y)))];
        return geometry switch
        {
            Box b => new Box(Pixel(b.X), Pixel(b.Y), Pixel(b.Width), Pixel(b.Height)),
            RotatedBox b => new RotatedBox(Pixel(b.CentreX), Pixel(b.CentreY), Pixel(b.Width), Pixel(b.Height), Rounding.ToDigest(b.Angle)),
            Polygon p => new Polygon(Pixels(p.Points)),
            Polyline p => new Polyline(Pixels(p.Points)),
            Keypoints k => new Keypoints([.. k.Points.Select(p => p with { X = Pixel(p.X), Y = Pixel(p.Y) })]),
            _ => geometry,
        };
    }
}
