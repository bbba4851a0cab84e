using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PushPruner;

/// <summary>The name of a manifest's content, such as <c>sha256:9f86d0...</c>. Compared ordinally, as the rule's ties are.</summary>
public readonly record struct Digest : IComparable<Digest>
{
    const int Sha256HexLength = 64;
    const int ShortestHexLength = 32;
    const int LongestLength = 300;

    readonly string? value;

    // Digests are looked up far more often than they are read.
    readonly int hash;

    Digest(string value)
    {
        this.value = value;
        hash = value.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>The whole text, algorithm and hex.</summary>
    public string Value => value ?? "";

    /// <summary>True for the one algorithm that ECR knows: it refuses a call that asks for any other.</summary>
    public bool IsSha256 => Value.StartsWith("sha256:", StringComparison.Ordinal);

    /// <summary>The part after the colon.</summary>
    public string Hex => Value[(Value.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// Reads <c>algorithm:hex</c> as the OCI image specification writes it: a lower-case algorithm, lower-case hex digits, 64 of them
    /// for sha256. False for anything else, so that a malformed digest never gets as far as a call.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null || text.Length > LongestLength)
            return false;

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !IsAlgorithm(text.AsSpan(0, colon)) || !IsHex(text.AsSpan(colon + 1)))
            return false;

        var hexLength = text.Length - colon - 1;
        var isSha256 = text.AsSpan(0, colon).SequenceEqual("sha256");
        if (isSha256 ? hexLength != Sha256HexLength : hexLength < ShortestHexLength)
            return false;

        digest = new Digest(text);
        return true;
    }

    /// <exception cref="FormatException">The text is no digest; the message shows it.</exception>
    public static Digest Parse(string? text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"\"{text}\" is not a digest such as sha256:<64 hex digits>");

    /// <summary>
    /// True when it names this text: a registry that answers with other bytes than it was asked for is not to be believed. False also for
    /// an algorithm that isn't known.
    /// </summary>
    public bool IsOf(string text) => Value.Split(':')[0] switch
    {
        "sha256" => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) == Hex,
        "sha512" => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(text))) == Hex,
        _ => false,
    };

    public bool Equals(Digest other) => hash == other.hash && string.Equals(value, other.value, StringComparison.Ordinal);

    public override int GetHashCode() => hash;

    public int CompareTo(Digest other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;

    static bool IsAlgorithm(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('+' or '.' or '_' or '-'))
                return false;
        }

        return true;
    }

    static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
                return false;
        }

        return true;
    }
}
