namespace PushPruner.Jobs;

/// <summary>An expired image in a result.</summary>
public sealed record ExpiredImage(string Digest, IReadOnlyList<string> Tags, DateTimeOffset? PushedAt, long Bytes, string Reason)
{
    public static ExpiredImage From(Verdict verdict)
    {
        var manifest = verdict.Manifest;
        return new(manifest.Digest.Value, manifest.Tags, manifest.PushedAt, manifest.Bytes, verdict.Reason);
    }
}
