using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>Many numbers of four bytes, all 0 at first: in memory, or in a mapped file where they are more than memory is given for, so that the system keeps in memory what is in use.</summary>
internal sealed unsafe class IntArray : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly int _length;
    private int* _cells;

    /// <param name="length">Number of cells.</param>
    /// <param name="memoryBytes">What they may take in memory.</param>
    /// <param name="path">The file to map where they do not fit; it is deleted at the end.</param>
    /// <exception cref="IOException">The disk has no room for the file.</exception>
    public IntArray(int length, long memoryBytes, string path)
    {
        _length = length;
        if ((long)length * sizeof(int) <= memoryBytes)
        {
            _cells = (int*)NativeMemory.AllocZeroed((nuint)Math.Max(1, length), sizeof(int));
            return;
        }

        // The room is taken at once: a full disk shall be an error here and not a fault when a page is touched.
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = (long)length * sizeof(int),
        });
        _file = MemoryMappedFile.CreateFromFile(file, null, (long)length * sizeof(int), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _cells = (int*)(start + _view.PointerOffset);
    }

    /// <summary>True where the numbers are in a file.</summary>
    public bool IsMapped => _file is not null;

    public ref int this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length) ThrowOutside(index);
            return ref _cells[index];
        }
    }

    private void ThrowOutside(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {_length} cells.");

    public void Dispose()
    {
        if (_cells is null) return;
        if (_view is null)
        {
            NativeMemory.Free(_cells);
        }
        else
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }

        _cells = null;
    }
}
