using System.Collections.Concurrent;
using System.Security.Cryptography;
using Touchstone.Demo.Scenes;

namespace Touchstone.Demo.Run;

/// <summary>One of the demo's pictures.</summary>
/// <param name="Scene">What is true of it.</param>
/// <param name="Png">Its file.</param>
internal sealed record ScenePicture(StreetScene Scene, byte[] Png);

/// <summary>The demo's pictures with what is true of each. They are drawn in the background, and each can be had as soon as it is there.</summary>
internal sealed class SceneGallery
{
    private readonly ConcurrentDictionary<string, StreetScene> _byDigest = [];
    private readonly ConcurrentDictionary<string, StreetScene> _byName = [];

    private SceneGallery(int seed, int count, CancellationToken cancellationToken)
    {
        // One core is left to the server, which starts meanwhile.
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount - 1)).ConcurrentScheduler;
        Pictures = [.. Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(() => DrawOne(seed, i), cancellationToken, TaskCreationOptions.None, scheduler))];
    }

    /// <summary>In the order of their indices.</summary>
    public IReadOnlyList<Task<ScenePicture>> Pictures { get; }

    /// <summary>Begins to draw the scenes of a seed.</summary>
    public static SceneGallery Draw(int seed, int count, CancellationToken cancellationToken) => new(seed, count, cancellationToken);

    /// <param name="sha256">Of the picture's bytes, lower-case hex.</param>
    public StreetScene Recognise(string sha256) => _byDigest[sha256];

    public StreetScene Named(string name) => _byName[name];

    private ScenePicture DrawOne(int seed, int index)
    {
        var scene = StreetScene.Generate(seed, index);
        var picture = new ScenePicture(scene, SceneRenderer.ToPng(scene));
        _byDigest[Convert.ToHexStringLower(SHA256.HashData(picture.Png))] = scene;
        _byName[scene.Name] = scene;
        return picture;
    }
}
