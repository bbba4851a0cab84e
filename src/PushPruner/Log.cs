using Microsoft.Extensions.Logging;
using PushPruner.Rules;

namespace PushPruner;

/// <summary>Every line that the jobs log. One line per decision that a person may later ask about.</summary>
static partial class Log
{
    public static void Expired(this ILogger logger, string repository, Verdict verdict)
    {
        var manifest = verdict.Manifest;
        logger.Expired(repository, manifest.Digest.Value, string.Join(' ', manifest.Tags), manifest.PushedAt, manifest.Bytes, verdict.Reason);
    }

    [LoggerMessage(1, LogLevel.Information, "Expired: {Digest} of {Repository}, tags {Tags}, pushed {PushedAt:o}, {Bytes} bytes, {Reason}")]
    public static partial void Expired(this ILogger logger, string repository, string digest, string tags, DateTimeOffset? pushedAt, long bytes, string reason);

    [LoggerMessage(2, LogLevel.Information, "Deleted: {Digest} of {Repository}")]
    public static partial void Deleted(this ILogger logger, string repository, string digest);

    [LoggerMessage(3, LogLevel.Warning, "Not deleted: {Digest} of {Repository}: {Code}, {Refusal}")]
    public static partial void NotDeleted(this ILogger logger, string repository, string digest, string code, string? refusal);

    [LoggerMessage(4, LogLevel.Information, "Kept by ECR: {Digest} of {Repository} is a member of {Owner}")]
    public static partial void IsMember(this ILogger logger, string repository, string digest, string owner);

    [LoggerMessage(5, LogLevel.Warning, "Kept in doubt: {Digest} of {Repository}: {Reason}")]
    public static partial void InDoubt(this ILogger logger, string repository, string digest, string reason);

    [LoggerMessage(6, LogLevel.Information, "ECR contradicts the index: the row of {Digest} of {Repository} is mended")]
    public static partial void Contradicted(this ILogger logger, string repository, string digest);

    [LoggerMessage(7, LogLevel.Information, "Listing {Repository} in full: {Reason}")]
    public static partial void Resyncing(this ILogger logger, string repository, string reason);

    [LoggerMessage(8, LogLevel.Information, "Listed {Repository}: {Manifests} manifests, {Missing} without a row, {Phantom} rows without a manifest, {Stale} rows that differed")]
    public static partial void Resynced(this ILogger logger, string repository, int manifests, int missing, int phantom, int stale);

    [LoggerMessage(9, LogLevel.Warning, "Nothing of {Repository} is deleted: {Why}")]
    public static partial void KeptEverything(this ILogger logger, string repository, string why);
}
