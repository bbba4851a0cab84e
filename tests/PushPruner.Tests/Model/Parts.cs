namespace PushPruner.Tests.Model;

/// <summary>The manifests of a repository with a multi-arch image.</summary>
[Flags]
enum Parts : byte
{
    None = 0,

    /// <summary>An image, older than X.</summary>
    Candidate = 1,

    /// <summary>An ordinary newer image.</summary>
    Plain = 2,
    Member = 4,
    Index = 8,

    /// <summary>Another index that names the same member.</summary>
    OtherIndex = 16,

    /// <summary>A signature of the index.</summary>
    Referrer = 32,
    Group = Member | Index | Referrer,
}

static class PartSets
{
    public static bool Has(this Parts parts, Parts any) => (parts & any) != Parts.None;

    public static int Count(this Parts parts) => System.Numerics.BitOperations.PopCount((uint)parts);
}
