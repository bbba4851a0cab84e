using PushPruner.Rules;

namespace PushPruner.Tests.Given;

/// <summary>Facts for tests of the rule.</summary>
static class A
{
    public static readonly DateTimeOffset Now = PushScenario.Noon;

    public static Digest DigestOf(int n) => Digest.Parse($"sha256:{n:x64}");

    /// <summary>A tagged image pushed so many days ago.</summary>
    public static KnownManifest Image(int n, double daysOld, params string[] tags) =>
        new(Manifest(n, Now.AddDays(-daysOld), tags.Length > 0 ? tags : [$"t{n}"]), ManifestHistory.None);

    public static Manifest Manifest(int n, DateTimeOffset? pushedAt, params string[] tags) => new()
    {
        Digest = DigestOf(n),
        Tags = tags,
        PushedAt = pushedAt,
        MediaType = MediaTypes.OciManifest,
        Bytes = 1_000,
    };
}
