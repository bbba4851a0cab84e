using Microsoft.Extensions.Logging;
using PushPruner.Deleting;

namespace PushPruner;

/// <summary>
/// Every line that the jobs log. One line per decision that a person may later ask about: Information where the rule decided, Warning where
/// a person should look. Arguments are text, true or false, or numbers, because in native code Powertools writes nothing else; each is a
/// field of the line, also one that the message doesn't show.
/// </summary>
static partial class Log
{
    public static void Expired(this ILogger logger, string repository, Verdict verdict)
    {
        var manifest = verdict.Manifest;
        logger.Expired(
            repository,
            manifest.Digest.Value,
            SafeText.Of(manifest.Tags),
            SafeText.Of(manifest.PushedAt),
            manifest.Bytes,
            verdict.Reason);
    }

    [LoggerMessage(1, LogLevel.Information, "Expired: {Digest} of {Repository}, tags {Tags}, pushed {PushedAt}, {Bytes} bytes, {Reason}")]
    public static partial void Expired(
        this ILogger logger,
        string repository,
        string digest,
        string tags,
        string? pushedAt,
        long bytes,
        string reason);

    /// <summary>The audit trail: one line per deleted manifest, with what its tombstone says.</summary>
    public static void Deleted(this ILogger logger, string repository, Tombstone tombstone)
    {
        var (by, age) = (tombstone.Policy, Days(tombstone.Age));
        logger.Deleted(
            repository,
            tombstone.Digest.Value,
            SafeText.Of(tombstone.Tags),
            tombstone.Reason,
            SafeText.Of(tombstone.PushedAt),
            tombstone.Bytes,
            tombstone.Rank,
            age,
            by?.KeepNewest,
            Days(by?.KeepFor),
            by is null ? null : SafeText.Of(by.ProtectTags.ToString()));
    }

#pragma warning disable SYSLIB1015 // An argument that the message doesn't show: it is a field of the line, and the message stays short.
    [LoggerMessage(2, LogLevel.Information, "Deleted: {Digest} of {Repository}, tags {Tags}, {Reason}")]
    public static partial void Deleted(
        this ILogger logger,
        string repository,
        string digest,
        string tags,
        string reason,
        string? pushedAt,
        long bytes,
        int? rank,
        double? ageDays,
        int? keepNewest,
        double? keepDays,
        string? protectTags);
#pragma warning restore SYSLIB1015

    public static void NotDeleted(this ILogger logger, string repository, FailedDelete failed) =>
        logger.NotDeleted(repository, failed.Digest, failed.Code, SafeText.Of(failed.Message));

    [LoggerMessage(3, LogLevel.Warning, "Not deleted: {Digest} of {Repository}: {Code}, {Refusal}")]
    public static partial void NotDeleted(this ILogger logger, string repository, string digest, string code, string refusal);

    [LoggerMessage(4, LogLevel.Information, "Kept by ECR: {Digest} of {Repository} is a member of {Owner}")]
    public static partial void IsMember(this ILogger logger, string repository, string digest, string owner);

    /// <summary>The reason may name a media type, which the person who pushes chooses.</summary>
    public static void InDoubt(this ILogger logger, string repository, Verdict verdict) =>
        logger.InDoubt(repository, verdict.Digest.Value, SafeText.Of(verdict.Reason));

    [LoggerMessage(5, LogLevel.Warning, "Kept in doubt: {Digest} of {Repository}: {Reason}")]
    static partial void InDoubt(this ILogger logger, string repository, string digest, string reason);

    [LoggerMessage(6, LogLevel.Information, "ECR contradicts the index: the row of {Digest} of {Repository} is corrected")]
    public static partial void Contradicted(this ILogger logger, string repository, string digest);

    [LoggerMessage(7, LogLevel.Information, "Listing {Repository} in full: {Reason}")]
    public static partial void Resyncing(this ILogger logger, string repository, string reason);

    [LoggerMessage(
        8,
        LogLevel.Information,
        "Listed {Repository}: {Manifests} manifests, {Missing} without a row, {Phantom} rows without a manifest, {Stale} rows that differed"
    )]
    public static partial void Resynced(this ILogger logger, string repository, int manifests, int missing, int phantom, int stale);

    public static void KeptEverything(this ILogger logger, string repository, string why) =>
        logger.KeptEverything(LogLevel.Warning, repository, why);

    /// <summary>
    /// One whose overrides keep everything: that somebody switched it off is no reason to look, that nobody can read them is.
    /// </summary>
    public static void KeptEverything(this ILogger logger, string repository, string why, RepositoryOverrides overrides)
    {
        var shown = SafeText.Of(why);
        logger.KeptEverything(overrides.IsDisabled ? LogLevel.Information : LogLevel.Warning, repository, shown);
    }

    [LoggerMessage(EventId = 9, Message = "Nothing of {Repository} is deleted: {Why}")]
    static partial void KeptEverything(this ILogger logger, LogLevel level, string repository, string why);

    [LoggerMessage(10, LogLevel.Error, "A line could not be written ({ErrorType}, {ErrorMessage}). It said: {Line}")]
    public static partial void LineNotWritten(this ILogger logger, string line, string errorType, string errorMessage);

    static double? Days(TimeSpan? span) => span is { } time ? Math.Round(time.TotalDays, 2) : null;
}
