namespace Touchstone.Quality.Masks;

/// <summary>Several contributors' masks of one image.</summary>
/// <param name="Masks">As runs (see <see cref="MaskRuns"/>), of one size; at most 64.</param>
/// <param name="Contributors">Contributor of each mask, from 0.</param>
public sealed record ImageMasks(int[][] Masks, int[] Contributors);
