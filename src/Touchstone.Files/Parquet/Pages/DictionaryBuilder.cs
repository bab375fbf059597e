using System.Buffers.Binary;
using System.Numerics;

namespace Touchstone.Files.Parquet.Pages;

/// <summary>The distinct values of a chunk in order of appearance, and each value's place among them.</summary>
/// <param name="Firsts">For each distinct value the first place at which the buffer has it.</param>
/// <param name="Codes">For each value of the buffer its place among the distinct ones.</param>
/// <param name="Bits">Bits of a code, at least 1.</param>
internal sealed record ChunkDictionary(int[] Firsts, int[] Codes, int Bits);

/// <summary>Finds out whether a dictionary makes a chunk smaller, and makes it.</summary>
internal static class DictionaryBuilder
{
    /// <summary>After so many values a chunk that hardly repeats is given up.</summary>
    private const int Probe = 16_384;

    /// <summary>The dictionary; null where plain values are no larger, or the dictionary is larger than may be.</summary>
    public static ChunkDictionary? Build(ColumnBuffer buffer, int bytesMax)
    {
        if (buffer.ValueCount == 0 || buffer.Column.Type.Physical == ParquetPhysicalType.Boolean) return null;
        return buffer.Column.Type.Physical switch
        {
            ParquetPhysicalType.Int32 or ParquetPhysicalType.Float => Build(buffer, new WordValues(buffer), bytesMax),
            ParquetPhysicalType.Int64 or ParquetPhysicalType.Double => Build(buffer, new LongValues(buffer), bytesMax),
            _ => Build(buffer, new ByteValues(buffer), bytesMax),
        };
    }

    private static ChunkDictionary? Build<TValues>(ColumnBuffer buffer, TValues values, int bytesMax)
        where TValues : struct, IHashedValues
    {
        var codes = new int[buffer.ValueCount];
        var firsts = new List<int>();
        var slots = new int[1024];       // a distinct value's place + 1; 0 is free
        long bytes = 0;
        for (var i = 0; i < codes.Length; i++)
        {
            var hash = values.Hash(i);
            var slot = (int)(hash & (uint)(slots.Length - 1));
            while (slots[slot] is var place and > 0 && !values.AreEqual(firsts[place - 1], i)) slot = (slot + 1) & (slots.Length - 1);
            if (slots[slot] > 0)
            {
                codes[i] = slots[slot] - 1;
                continue;
            }

            codes[i] = firsts.Count;
            firsts.Add(i);
            slots[slot] = firsts.Count;
            bytes += buffer.PlainBytes(i, i + 1);
            if (bytes > bytesMax || (i >= Probe && firsts.Count > i / 4 * 3)) return null;
            if (firsts.Count * 2 > slots.Length) slots = Larger(slots.Length * 4, firsts, values);
        }

        var bits = Math.Max(1, BitOperations.Log2((uint)Math.Max(1, firsts.Count - 1)) + 1);
        return bytes + (long)codes.Length * bits / 8 < buffer.PlainBytes(0, buffer.ValueCount) ? new([.. firsts], codes, bits) : null;
    }

    private static int[] Larger<TValues>(int size, List<int> firsts, TValues values)
        where TValues : struct, IHashedValues
    {
        var slots = new int[size];
        for (var place = 0; place < firsts.Count; place++)
        {
            var slot = (int)(values.Hash(firsts[place]) & (uint)(size - 1));
            while (slots[slot] > 0) slot = (slot + 1) & (size - 1);
            slots[slot] = place + 1;
        }

        return slots;
    }

    private interface IHashedValues
    {
        uint Hash(int index);

        bool AreEqual(int first, int second);
    }

    private readonly struct WordValues(ColumnBuffer buffer) : IHashedValues
    {
        public uint Hash(int index) => Mix((uint)buffer.Words[index]);

        public bool AreEqual(int first, int second) => buffer.Words[first] == buffer.Words[second];
    }

    private readonly struct LongValues(ColumnBuffer buffer) : IHashedValues
    {
        public uint Hash(int index) => Mix((ulong)buffer.Longs[index]);

        public bool AreEqual(int first, int second) => buffer.Longs[first] == buffer.Longs[second];
    }

    private readonly struct ByteValues(ColumnBuffer buffer) : IHashedValues
    {
        public uint Hash(int index)
        {
            var bytes = buffer.ValueBytes(index);
            var state = (ulong)bytes.Length * 0x9E37_79B9_7F4A_7C15;
            for (; bytes.Length >= 8; bytes = bytes[8..]) state = BitOperations.RotateLeft((state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * 0x9E37_79B9_7F4A_7C15, 29);
            ulong tail = 0;
            foreach (var b in bytes) tail = tail << 8 | b;
            return Mix(state ^ tail);
        }

        public bool AreEqual(int first, int second) => buffer.ValueBytes(first).SequenceEqual(buffer.ValueBytes(second));
    }

    /// <summary>The finalizer of MurmurHash3 (A. Appleby), cut to 32 bits.</summary>
    private static uint Mix(ulong value)
    {
        value = (value ^ value >> 33) * 0xFF51_AFD7_ED55_8CCD;
        value = (value ^ value >> 33) * 0xC4CE_B9FE_1A85_EC53;
        return (uint)(value ^ value >> 33);
    }
}
