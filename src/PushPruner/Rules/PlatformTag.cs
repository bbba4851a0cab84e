using System.Buffers;
using System.Collections.Frozen;

namespace PushPruner.Rules;

/// <summary>
/// Staging tags such as <c>1.0-amd64</c> or <c>arm64-1.0-ubi9</c>: the platforms of a multi-arch image, tagged before the manifest list
/// that will name them arrives.
/// </summary>
static class PlatformTag
{
    const string Separators = "-_.";

    static readonly SearchValues<char> OfVariants = SearchValues.Create("0123456789lL");

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "x64", "x86", "i386", "386", "i686", "arm", "armel", "armhf", "aarch64",
        "ppc64", "ppc64le", "s390x", "riscv64", "mips", "mipsle", "mips64", "mips64le", "mips64el", "loong64", "loongarch64", "wasm",
        "linux", "windows", "darwin", "windowsservercore", "nanoserver").GetAlternateLookup<ReadOnlySpan<char>>();

    // With a variant: amd64v3, arm32v7, armv7l, arm64v8, graviton3.
    static readonly string[] Families = ["amd64", "arm32", "arm64", "armv", "graviton"];

    /// <summary>
    /// True when a part of the tag is the name of a platform, whichever part it is: <c>arm64</c>, <c>1.0-arm-v7</c>,
    /// <c>1.0-x86_64-ubi9</c>.
    /// </summary>
    public static bool Is(string tag)
    {
        // Each tag of each listing is asked about: no part becomes a text of its own.
        ReadOnlySpan<char> text = tag;
        foreach (var part in text.SplitAny(Separators))
        {
            if (IsName(text[part]))
                return true;
        }

        return false;
    }

    static bool IsName(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty)
            return false;
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
