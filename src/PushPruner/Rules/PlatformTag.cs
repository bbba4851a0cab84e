using System.Buffers;
using System.Collections.Frozen;

namespace PushPruner.Rules;

/// <summary>Staging tags such as <c>1.0-amd64</c>: the parts of a multi-arch image, tagged before the list that will name them arrives.</summary>
static class PlatformTag
{
    const string Separators = "-_.";

    static readonly SearchValues<char> OfVariants = SearchValues.Create("0123456789lL");

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "x64", "x86", "i386", "386", "i686", "arm", "armel", "armhf", "aarch64",
        "ppc64", "ppc64le", "s390x", "riscv64", "mips", "mipsle", "mips64", "mips64le", "mips64el", "loong64", "loongarch64", "wasm",
        "linux", "windows", "darwin", "windowsservercore", "nanoserver").GetAlternateLookup<ReadOnlySpan<char>>();

    // With a variant: amd64v3, arm32v7, armv7l, arm64v8.
    static readonly string[] Families = ["amd64", "arm32", "arm64", "armv"];

    // Versions of Windows, as images of it are tagged: windows-ltsc2022, nanoserver-1809.
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> WindowsVersions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "ltsc2016", "ltsc2019", "ltsc2022", "ltsc2025", "1809", "1903", "1909", "2004", "20H2").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True when the tag, or its part after the last separator, is the name of a platform: <c>arm64</c>, <c>1.0-arm-v7</c>.</summary>
    public static bool Is(string tag)
    {
        if (tag.EndsWith("x86_64", StringComparison.OrdinalIgnoreCase) || tag.EndsWith("x86-64", StringComparison.OrdinalIgnoreCase))
            return true;

        // Each tag of each listing is asked about: no part becomes a text of its own.
        ReadOnlySpan<char> text = tag;
        var at = text.LastIndexOfAny(Separators);
        var last = text[(at + 1)..];
        if (IsName(last))
            return true;
        if (last is not ['v', >= '1' and <= '9'] && !WindowsVersions.Contains(last))
            return false;

        var before = text[..Math.Max(at, 0)];
        return IsName(before[(before.LastIndexOfAny(Separators) + 1)..]);
    }

    static bool IsName(ReadOnlySpan<char> part)
    {
        if (Names.Contains(part))
            return true;

        foreach (var family in Families)
        {
            if (part.StartsWith(family, StringComparison.OrdinalIgnoreCase) && IsVariant(part[family.Length..]))
                return true;
        }

        return false;
    }

    static bool IsVariant(ReadOnlySpan<char> text) => text.Length <= 3 && !text.TrimStart("vV").ContainsAnyExcept(OfVariants);
}
