using System.Security.Cryptography;
using Touchstone.Demo.Scenes;

namespace Touchstone.Demo.Run;

/// <summary>The demo's pictures with what is true of each.</summary>
internal sealed class SceneGallery
{
    private readonly Dictionary<string, StreetScene> _byDigest = [];
    private readonly Dictionary<string, StreetScene> _byName = [];

    private SceneGallery(IReadOnlyList<(StreetScene Scene, byte[] Png)> pictures)
    {
        Pictures = pictures;
        foreach (var (scene, png) in pictures)
        {
            _byDigest.Add(Convert.ToHexStringLower(SHA256.HashData(png)), scene);
            _byName.Add(scene.Name, scene);
        }
    }

    /// <summary>In the order of their indices.</summary>
    public IReadOnlyList<(StreetScene Scene, byte[] Png)> Pictures { get; }

    /// <summary>Draws the scenes of a seed, on all cores.</summary>
    public static SceneGallery Draw(int seed, int count, Action<int> progress, CancellationToken cancellationToken)
    {
        var pictures = new (StreetScene, byte[])[count];
        var drawn = 0;
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var scene = StreetScene.Generate(seed, i);
            pictures[i] = (scene, SceneRenderer.ToPng(scene));
            progress(Interlocked.Increment(ref drawn));
        });
        return new SceneGallery(pictures);
    }

    /// <param name="sha256">Of the picture's bytes, lower-case hex.</param>
    public StreetScene Recognise(string sha256) => _byDigest[sha256];

    public StreetScene Named(string name) => _byName[name];
}
