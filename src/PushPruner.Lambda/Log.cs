using Microsoft.Extensions.Logging;
using PushPruner.Jobs;

namespace PushPruner.Lambda;

/// <summary>Every line that the functions log themselves.</summary>
static partial class Log
{
    public static void Handled(this ILogger logger, PruneResult result) => logger.Handled(
        result.Outcome,
        result.ExpiredCount,
        result.DeletedCount,
        result.FailedCount,
        result.DoubtCount,
        result.Bytes,
        result.PushToPruneMs,
        result.DryRun,
        result.Resynced,
        SafeText.Of(result.Why));

    [LoggerMessage(
        101,
        LogLevel.Information,
        "Push handled: {Outcome}, {Expired} expired, {Deleted} deleted, {Failed} failed, {Doubt} in doubt, {Bytes} bytes, "
            + "{PushToPruneMs} ms from push to prune, dry run {DryRun}, resynced {Resynced}. {Why}"
    )]
    static partial void Handled(
        this ILogger logger,
        string outcome,
        int expired,
        int deleted,
        int failed,
        int doubt,
        long bytes,
        long? pushToPruneMs,
        bool dryRun,
        bool resynced,
        string? why);

    public static void Received(this ILogger logger, ImagePush push) =>
        logger.Received(push.Repository, push.Digest.Value, push.Tag, SafeText.Of(push.Time));

    [LoggerMessage(104, LogLevel.Information, "Pushed: {Digest} to {Repository}, tag {Tag}, at {Time}")]
    static partial void Received(this ILogger logger, string repository, string digest, string? tag, string? time);

    /// <summary>For the filter of a catch, so that the line has the keys of the invocation. Always false: nothing is caught.</summary>
    public static bool Failed(this ILogger logger, Exception exception)
    {
        logger.Failed(exception, exception.GetType().Name, SafeText.Of(exception.Message));
        return false;
    }

    [LoggerMessage(105, LogLevel.Error, "Failed: {ErrorType}, {ErrorMessage}")]
    static partial void Failed(this ILogger logger, Exception exception, string errorType, string errorMessage);

    [LoggerMessage(106, LogLevel.Warning, "Metrics lost: {ErrorType}, {ErrorMessage}")]
    public static partial void MetricsLost(this ILogger logger, string errorType, string errorMessage);

    [LoggerMessage(102, LogLevel.Information, "Repositories listed: {Repositories} served, in {Calls} calls, more to come {More}")]
    public static partial void RepositoriesListed(this ILogger logger, int repositories, int calls, bool more);

    public static void Reconciled(this ILogger logger, ReconcileResult result) => logger.Reconciled(
        result.Outcome,
        result.Done,
        result.Images,
        result.Kept,
        result.ExpiredCount,
        result.DeletedCount,
        result.FailedCount,
        result.DoubtCount,
        result.Bytes,
        result.Drift.Missing,
        result.Drift.Phantom,
        result.Drift.Stale,
        result.DryRun,
        SafeText.Of(result.Why));

    [LoggerMessage(
        103,
        LogLevel.Information,
        "Repository reconciled: {Outcome}, done {Done}, {Images} images, {Kept} kept, {Expired} expired, {Deleted} deleted, {Failed} "
            + "failed, {Doubt} in doubt, {Bytes} bytes, {Missing} without a row, {Phantom} rows without a manifest, {Stale} rows that "
            + "differed, dry run {DryRun}. {Why}"
    )]
    static partial void Reconciled(
        this ILogger logger,
        string outcome,
        bool done,
        int images,
        int kept,
        int expired,
        int deleted,
        int failed,
        int doubt,
        long bytes,
        int missing,
        int phantom,
        int stale,
        bool dryRun,
        string? why);
}
