namespace Touchstone.Annotations.Selectors;

/// <summary>What is looked at.</summary>
public enum InputKind
{
    /// <summary>A still picture.</summary>
    Image,

    /// <summary>A sequence of frames.</summary>
    Clip,

    /// <summary>Sensors of one or more sweeps: point clouds and cameras.</summary>
    Scene,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Turns of a dialogue.</summary>
    Conversation,
}

/// <summary>How large an input is: what its selectors must fit into.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="WidthPx">Width in pixels after EXIF orientation; 0 where it has none or it is not known, and then no place is checked.</param>
/// <param name="HeightPx">Height in pixels after EXIF orientation; 0 as above.</param>
/// <param name="Length">Frames of a clip, points of a scene, Unicode code points of a text, turns of a conversation; 0 for an image.</param>
public readonly record struct InputExtent(InputKind Kind, int WidthPx, int HeightPx, long Length = 0)
{
    /// <summary>The extent of a picture.</summary>
    public static InputExtent Image(int widthPx, int heightPx) => new(InputKind.Image, widthPx, heightPx);

    /// <summary>Whether width and height are known.</summary>
    public bool HasSize => WidthPx > 0 && HeightPx > 0;
}
