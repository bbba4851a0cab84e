using Microsoft.Extensions.Logging;

namespace PushPruner.Lambda;

/// <summary>Every line that the functions log themselves.</summary>
static partial class Log
{
    [LoggerMessage(101, LogLevel.Information, "Push handled: {Outcome}, {Expired} expired, {Deleted} deleted, {Failed} failed, {Doubt} in doubt, {Bytes} bytes, {PushToPruneMs} ms from push to prune, dry run {DryRun}, resynced {Resynced}. {Why}")]
    public static partial void Handled(
        this ILogger logger, string outcome, int expired, int deleted, int failed, int doubt, long bytes, long? pushToPruneMs, bool dryRun, bool resynced, string? why);
}
