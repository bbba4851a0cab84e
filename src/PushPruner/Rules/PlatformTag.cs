using System.Collections.Frozen;

namespace PushPruner.Rules;

/// <summary>Staging tags such as <c>1.0-amd64</c>: the parts of a multi-arch image, tagged before the list that will name them arrives.</summary>
static class PlatformTag
{
    static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "amd64", "x64", "x86", "i386", "386", "i686",
        "arm", "arm32", "arm64", "armel", "armhf", "aarch64",
        "arm32v5", "arm32v6", "arm32v7", "arm64v8", "arm64v9", "armv5", "armv6", "armv7", "armv7l", "armv8",
        "ppc64", "ppc64le", "s390x", "riscv64", "mips", "mipsle", "mips64", "mips64le", "loong64", "loongarch64", "wasm",
        "linux", "windows", "darwin");

    static readonly char[] Separators = ['-', '_', '.'];

    /// <summary>True when the tag, or its part after the last separator, is the name of a platform: <c>arm64</c>, <c>1.0-arm-v7</c>.</summary>
    public static bool Is(string tag)
    {
        var last = tag.LastIndexOfAny(Separators);
        if (last > 0 && tag[(last + 1)..] is "v5" or "v6" or "v7" or "v8" or "v9")
            return PartBefore(tag, last).StartsWith("arm", StringComparison.OrdinalIgnoreCase);

        return Names.Contains(tag[(last + 1)..])
            || tag.EndsWith("x86_64", StringComparison.OrdinalIgnoreCase)
            || tag.EndsWith("x86-64", StringComparison.OrdinalIgnoreCase);
    }

    static ReadOnlySpan<char> PartBefore(string tag, int separator)
    {
        var before = tag.AsSpan(0, separator);
        return before[(before.LastIndexOfAny(Separators) + 1)..];
    }
}
