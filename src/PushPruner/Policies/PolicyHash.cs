using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PushPruner.Policies;

/// <summary>
/// A short name for a policy, so that an approval can say which policy it was given for. Two policies that decide alike have the same hash:
/// the order of the protect patterns does not matter.
/// </summary>
public static class PolicyHash
{
    const int Length = 6;

    /// <summary>What a value may be, for an error.</summary>
    public const string Allowed = "the policy that a halted run printed, 6 characters of 0-9 and a-f, such as 3f9a1c";

    public static string Of(RetentionPolicy policy)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(Text(policy)));
        return Convert.ToHexStringLower(digest)[..Length];
    }

    public static bool Is(string? text) => text?.Length == Length && text.All(char.IsAsciiHexDigitLower);

    /// <exception cref="SettingException">Names the option, its value and what is allowed.</exception>
    public static string Read(string name, string text) => Is(text) ? text : throw new SettingException(name, text, Allowed);

    // A hash that was printed must hold after an upgrade of the product: this text changes only with what the rule depends on.
    static string Text(RetentionPolicy policy) => string.Create(
            CultureInfo.InvariantCulture,
            $"""
            keepNewest {policy.KeepNewest}
            keepFor {policy.KeepFor.Ticks}
            protectTags {string.Join(
                ' ', policy.ProtectTags.Patterns.Select(p => p.Pattern).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}
            keepPulledFor {policy.KeepPulledFor.Ticks}
            settleTime {policy.SettleTime.Ticks}
            """)
        .ReplaceLineEndings("\n");
}
