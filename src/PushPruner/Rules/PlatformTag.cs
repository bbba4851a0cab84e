using System.Collections.Frozen;

namespace PushPruner.Rules;

/// <summary>Staging tags such as <c>1.0-amd64</c>: the parts of a multi-arch image, tagged before the list that will name them arrives.</summary>
static class PlatformTag
{
    static readonly char[] Separators = ['-', '_', '.'];

    static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "x64", "x86", "i386", "386", "i686", "arm", "armel", "armhf", "aarch64",
        "ppc64", "ppc64le", "s390x", "riscv64", "mips", "mipsle", "mips64", "mips64le", "mips64el", "loong64", "loongarch64", "wasm",
        "linux", "windows", "darwin", "windowsservercore", "nanoserver");

    // With a variant: amd64v3, arm32v7, armv7l, arm64v8.
    static readonly string[] Families = ["amd64", "arm32", "arm64", "armv"];

    // Versions of Windows, as images of it are tagged: windows-ltsc2022, nanoserver-1809.
    static readonly string[] WindowsVersions = ["ltsc2016", "ltsc2019", "ltsc2022", "ltsc2025", "1809", "1903", "1909", "2004", "20H2"];

    /// <summary>True when the tag, or its part after the last separator, is the name of a platform: <c>arm64</c>, <c>1.0-arm-v7</c>.</summary>
    public static bool Is(string tag)
    {
        if (tag.EndsWith("x86_64", StringComparison.OrdinalIgnoreCase) || tag.EndsWith("x86-64", StringComparison.OrdinalIgnoreCase))
            return true;

        var parts = tag.Split(Separators);
        var last = parts[^1];
        if (IsName(last))
            return true;

        var before = parts.Length > 1 ? parts[^2] : "";
        return (last is "v1" or "v2" or "v3" or "v4" or "v5" or "v6" or "v7" or "v8" or "v9" && IsName(before))
            || (WindowsVersions.Contains(last, StringComparer.OrdinalIgnoreCase) && IsName(before));
    }

    static bool IsName(string part) =>
        Names.Contains(part) || Array.Exists(Families, family => part.StartsWith(family, StringComparison.OrdinalIgnoreCase) && IsVariant(part[family.Length..]));

    static bool IsVariant(string text) => text.Length == 0 || (text.Length <= 3 && text.TrimStart('v', 'V').All(c => char.IsAsciiDigit(c) || c is 'l' or 'L'));
}
