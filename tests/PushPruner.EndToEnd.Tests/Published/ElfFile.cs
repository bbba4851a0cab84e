using System.Buffers.Binary;
using System.Text;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>
/// What a 64-bit, little-endian ELF file says of itself: for which machine it is, and which versions it needs of its libraries.
/// </summary>
sealed class ElfFile
{
    // System V ABI, "ELF Header" and "Section Headers"; LSB, "Symbol Versioning".
    const ushort X86_64 = 62;
    const int NeededVersionsSection = 0x6ffffffe;

    readonly byte[] bytes;

    ElfFile(byte[] bytes) => this.bytes = bytes;

    public bool IsForX86_64 => UInt16(18) == X86_64;

    public static ElfFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes.Take(6).ShouldBe([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]);
        return new ElfFile(bytes);
    }

    /// <summary>Such as <c>GLIBC_2.34</c>.</summary>
    public IEnumerable<string> NeededVersions()
    {
        var (sections, size, count) = (Offset(40), UInt16(58), UInt16(60));
        for (var section = sections; section < sections + (size * count); section += size)
        {
            if (UInt32(section + 4) != NeededVersionsSection)
                continue;

            var names = Offset(sections + (size * UInt32(section + 40)) + 24);
            foreach (var library in Chain(Offset(section + 24), UInt32(section + 44), next: 12))
            {
                foreach (var version in Chain(library + UInt32(library + 8), UInt16(library + 2), next: 12))
                    yield return Text(names + UInt32(version + 8));
            }
        }
    }

    // Records that each say how far it is to the next.
    IEnumerable<int> Chain(int first, int count, int next)
    {
        for (var (record, left) = (first, count); left > 0; record += UInt32(record + next), left--)
            yield return record;
    }

    string Text(int offset) => Encoding.ASCII.GetString(bytes, offset, Array.IndexOf(bytes, (byte)0, offset) - offset);

    int Offset(int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));

    int UInt32(int at) => unchecked((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)));

    ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
