using Touchstone.Formats.Exchange;
using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Clouds;

/// <summary>A format of points: what it carries, how its files are recognised, read and written. A file is one cloud. All are listed in <see cref="CloudRegistry"/>.</summary>
public abstract class CloudFormat
{
    /// <summary>What it carries.</summary>
    public abstract CloudTraits Traits { get; }

    /// <summary>Whether a file is called as those of this format are.</summary>
    public virtual bool IsNamedSo(string file) => file.EndsWith(Traits.Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>How surely a file that is called so is of this format, from its beginning.</summary>
    /// <returns>From 0 to 1: 1 where only this format looks so.</returns>
    internal abstract double CertaintyOf(ReadOnlySpan<byte> beginning, long lengthBytes);

    /// <summary>Reads the clouds in the files' order, one at a time. A file that cannot be read is told to <paramref name="faults"/> and the others go on.</summary>
    /// <exception cref="FileFormatFaultException">The source is one file and cannot be read.</exception>
    public IEnumerable<(string File, PointCloud Cloud)> ReadAll(DatasetSource source, FaultLog faults, CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : source.Files.Where(IsNamedSo))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PointCloud? cloud = null;
            try
            {
                using var stream = source.OpenRead(file);
                cloud = Read(stream, file);
            }
            catch (FileFormatFaultException fault) when (!source.IsFile)
            {
                faults.Add(file, "", fault.Message.StartsWith($"{file}: ", StringComparison.Ordinal) ? fault.Message[(file.Length + 2)..] : fault.Message);
            }

            if (cloud is not null) yield return (file, cloud);
        }
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="FileFormatFaultException">It is not of this format, or damaged.</exception>
    internal abstract PointCloud Read(Stream stream, string file);

    /// <summary>Writes a cloud that holds only what the traits say is carried: <see cref="CloudNarrowing"/> has seen to that.</summary>
    internal virtual void Write(Stream stream, PointCloud cloud, CloudOptions options) => throw new NotSupportedException($"{Traits.Name} is read and not written.");
}

/// <summary>Choices where formats of points leave some.</summary>
public sealed record CloudOptions
{
    /// <summary>The options as they are where nobody chose.</summary>
    public static CloudOptions Default { get; } = new();

    /// <summary>How points stand in PCD files.</summary>
    public PcdData Pcd { get; init; } = PcdData.Binary;

    /// <summary>How vertices stand in PLY files.</summary>
    public PlyData Ply { get; init; } = PlyData.LittleEndian;
}
