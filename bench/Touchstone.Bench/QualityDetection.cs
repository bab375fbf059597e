using System.Diagnostics;
using Touchstone.Annotations.Geometry;
using Touchstone.Quality.Detection;
using Touchstone.Quality.Tests;
using Touchstone.Statistics;

namespace Touchstone.Bench;

/// <summary>How long COCO's evaluation of boxes takes on a set of the size of COCO's own validation set, beside the plain loop over records.</summary>
internal static class QualityDetection
{
    public static void Run(string[] arguments)
    {
        var images = Arguments.Int(arguments, "--images", 5_000);
        var boxes = Arguments.Int(arguments, "--boxes", 36_000);
        var found = Arguments.Int(arguments, "--detections", 100_000);
        var runs = Arguments.Int(arguments, "--runs", 9);
        var (truths, detections) = Street(images, boxes, found, new SeededRandom(20_261_122));
        Console.WriteLine($"COCO evaluation of boxes: {images:N0} images, {truths.Count:N0} boxes, {detections.Count:N0} detections, 80 classes, {Environment.ProcessorCount} processors");

        var watch = Stopwatch.StartNew();
        var plain = PlainCoco.Evaluate(truths, detections);
        var plainSeconds = watch.Elapsed.TotalSeconds;
        var fast = CocoAveragePrecision.Evaluate(truths, detections);
        if (Math.Abs(plain.Ap - fast.Ap) > 1e-12 || Math.Abs(plain.Ar100 - fast.Ar100) > 1e-12 || Math.Abs(plain.ApSmall - fast.ApSmall) > 1e-12)
            throw new InvalidOperationException($"The fast evaluation gives AP {fast.Ap}, the plain loop {plain.Ap}.");

        var before = GC.GetTotalAllocatedBytes();
        var seconds = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            watch.Restart();
            CocoAveragePrecision.Evaluate(truths, detections);
            seconds[run] = watch.Elapsed.TotalSeconds;
        }

        var megabytes = (GC.GetTotalAllocatedBytes() - before) / 1e6 / runs;
        Array.Sort(seconds);
        Console.WriteLine($"  AP {fast.Ap:0.0000}, AP50 {fast.Ap50:0.0000}, AR100 {fast.Ar100:0.0000}");
        Console.WriteLine($"  plain loop {plainSeconds:0.000} s; fast: median {seconds[runs / 2]:0.000} s, least {seconds[0]:0.000} s, {megabytes:0} MB allocated a run; {plainSeconds / seconds[runs / 2]:0.0} times the plain loop");
        Console.WriteLine($"  bound: 1.5 s, used {seconds[runs / 2] / 1.5:0.0 %}");
    }

    /// <summary>Boxes of all sizes, and detections of which two thirds lie near a box.</summary>
    private static (List<CocoTruth> Truths, List<CocoDetection> Detections) Street(int images, int boxes, int found, SeededRandom random)
    {
        var truths = new List<CocoTruth>(boxes);
        for (var i = 0; i < boxes; i++)
        {
            var size = 8 * PortableMath.Exp(random.NextDouble(0, 3.5));
            var box = new Box(random.NextDouble(0, 600), random.NextDouble(0, 440), size, size * random.NextDouble(0.5, 2));
            truths.Add(new CocoTruth(random.NextInt(images), 1 + (int)(80 * random.NextDouble() * random.NextDouble()), box, box.Area * random.NextDouble(0.5, 1), random.NextBool(0.01)));
        }

        var detections = new List<CocoDetection>(found);
        for (var i = 0; i < found; i++)
        {
            var near = truths[random.NextInt(boxes)];
            var isNear = random.NextBool(2.0 / 3);
            var (size, spread) = (near.Box.Width, near.Box.Width * (isNear ? 0.08 : 2));
            var box = new Box(near.Box.X + spread * random.NextNormal(), near.Box.Y + spread * random.NextNormal(), size * random.NextDouble(0.85, 1.15), near.Box.Height * random.NextDouble(0.85, 1.15));
            var score = Math.Round(isNear ? random.NextDouble(0.2, 1) : random.NextDouble(0, 0.7), 3); // rounded, so that there are ties
            detections.Add(new CocoDetection(near.ImageId, random.NextBool(0.9) ? near.CategoryId : 1 + random.NextInt(80), box, score));
        }

        return (truths, detections);
    }
}
