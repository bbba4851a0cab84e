using Microsoft.Extensions.Logging;

namespace PushPruner.Lambda;

/// <summary>Every line that the functions log themselves.</summary>
static partial class Log
{
    [LoggerMessage(101, LogLevel.Information, "Push handled: {Outcome}, {Why}, dry run {DryRun}, resynced {Resynced}, {Expired} expired, {Deleted} deleted, {Failed} failed, {Doubt} in doubt, {Bytes} bytes, {PushToPruneMs} ms from push to prune")]
    public static partial void Handled(
        this ILogger logger, string outcome, string? why, bool dryRun, bool resynced, int expired, int deleted, int failed, int doubt, long bytes, long? pushToPruneMs);
}
