using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;

namespace Touchstone.Quality.Detection;

/// <summary>A true object, as COCO writes it.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="Box">Upright box in pixels.</param>
/// <param name="Area">Area that decides its size class, square pixels; of a segmented object the mask's.</param>
/// <param name="IsCrowd">Whether it stands for a group: matching it is neither right nor wrong, and it may be matched many times.</param>
public sealed record CocoTruth(long ImageId, long CategoryId, Box Box, double Area, bool IsCrowd);

/// <summary>A detection with a score.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="Box">Upright box in pixels.</param>
/// <param name="Score">Any finite number; only the order counts.</param>
public sealed record CocoDetection(long ImageId, long CategoryId, Box Box, double Score);

/// <summary>A true object with its mask.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="Mask">Its pixels.</param>
/// <param name="Area">Area that decides its size class, square pixels, as the file states it.</param>
/// <param name="IsCrowd">Whether it stands for a group.</param>
public sealed record CocoMaskTruth(long ImageId, long CategoryId, RunLengthMask Mask, double Area, bool IsCrowd);

/// <summary>A detected mask with a score.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="Mask">Its pixels, which also decide its size class.</param>
/// <param name="Score">Any finite number; only the order counts.</param>
public sealed record CocoMaskDetection(long ImageId, long CategoryId, RunLengthMask Mask, double Score);

/// <summary>A true object with its keypoints.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="Keypoints">x, y, visibility of each point; 0 is not labelled.</param>
/// <param name="Box">Its box, which tells where detections of an object without labelled points may lie.</param>
/// <param name="Area">Area that scales the distances and decides the size class, square pixels.</param>
/// <param name="IsCrowd">Whether it stands for a group.</param>
public sealed record CocoKeypointTruth(long ImageId, long CategoryId, double[] Keypoints, Box Box, double Area, bool IsCrowd);

/// <summary>Detected keypoints with a score.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="Keypoints">x, y and anything of each point; the box around all decides the size class.</param>
/// <param name="Score">Any finite number; only the order counts.</param>
public sealed record CocoKeypointDetection(long ImageId, long CategoryId, double[] Keypoints, double Score);

/// <summary>COCO's twelve figures for boxes or masks, and precision per class. -1 where there is no true object to find.</summary>
public sealed record CocoSummary
{
    /// <summary>Average precision over IoU .50:.05:.95.</summary>
    public required double Ap { get; init; }

    /// <summary>Average precision at IoU .50.</summary>
    public required double Ap50 { get; init; }

    /// <summary>Average precision at IoU .75.</summary>
    public required double Ap75 { get; init; }

    /// <summary>Average precision of objects below 32² square pixels.</summary>
    public required double ApSmall { get; init; }

    /// <summary>Average precision of objects from 32² to 96² square pixels.</summary>
    public required double ApMedium { get; init; }

    /// <summary>Average precision of objects above 96² square pixels.</summary>
    public required double ApLarge { get; init; }

    /// <summary>Average recall with one detection an image and class.</summary>
    public required double Ar1 { get; init; }

    /// <summary>Average recall with ten detections an image and class.</summary>
    public required double Ar10 { get; init; }

    /// <summary>Average recall with a hundred detections an image and class.</summary>
    public required double Ar100 { get; init; }

    /// <summary>Average recall of objects below 32² square pixels.</summary>
    public required double ArSmall { get; init; }

    /// <summary>Average recall of objects from 32² to 96² square pixels.</summary>
    public required double ArMedium { get; init; }

    /// <summary>Average recall of objects above 96² square pixels.</summary>
    public required double ArLarge { get; init; }

    /// <summary>Average precision over IoU .50:.05:.95 by class; classes without a true object are absent.</summary>
    public required IReadOnlyDictionary<long, double> ApByCategory { get; init; }

    /// <summary>Interpolated precision at IoU .50 at the 101 recall levels 0, .01, ... 1, by class.</summary>
    public required IReadOnlyDictionary<long, double[]> PrecisionAt50ByCategory { get; init; }
}

/// <summary>COCO's ten figures for keypoints. -1 where there is no true object to find.</summary>
public sealed record CocoKeypointSummary
{
    /// <summary>Average precision over OKS .50:.05:.95.</summary>
    public required double Ap { get; init; }

    /// <summary>Average precision at OKS .50.</summary>
    public required double Ap50 { get; init; }

    /// <summary>Average precision at OKS .75.</summary>
    public required double Ap75 { get; init; }

    /// <summary>Average precision of objects from 32² to 96² square pixels.</summary>
    public required double ApMedium { get; init; }

    /// <summary>Average precision of objects above 96² square pixels.</summary>
    public required double ApLarge { get; init; }

    /// <summary>Average recall with twenty detections an image and class.</summary>
    public required double Ar { get; init; }

    /// <summary>Average recall at OKS .50.</summary>
    public required double Ar50 { get; init; }

    /// <summary>Average recall at OKS .75.</summary>
    public required double Ar75 { get; init; }

    /// <summary>Average recall of objects from 32² to 96² square pixels.</summary>
    public required double ArMedium { get; init; }

    /// <summary>Average recall of objects above 96² square pixels.</summary>
    public required double ArLarge { get; init; }
}
