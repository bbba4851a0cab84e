using Amazon.Lambda.CloudWatchEvents;
using PushPruner.Lambda.Events;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Replay;

/// <summary>One thing that happened, at an instant.</summary>
/// <param name="Source">File and line, for messages.</param>
abstract record HistoryEntry(DateTimeOffset At, string Source)
{
    /// <summary>False for a time from which a window, or a run's deadline, could leave the calendar.</summary>
    public static bool IsPlayable(DateTimeOffset at) => at.Year is >= 1970 and < 9000;

    /// <summary>A push as a line of a history states it.</summary>
    /// <param name="Tags">None for an untagged push.</param>
    /// <param name="Image">What was pushed: the same name again is the same digest, a retag.</param>
    public sealed record Push(DateTimeOffset At, string Source, string Repository, IReadOnlyList<string> Tags, string Image, long Bytes)
        : HistoryEntry(At, Source);

    /// <summary>An event as EventBridge sent it.</summary>
    public sealed record Event(DateTimeOffset At, string Source, CloudWatchEvent<ImageAction> Content)
        : HistoryEntry(At, Source)
    {
        /// <summary>What was pushed, as far as an event says it; null where nothing was.</summary>
        public (string Repository, SeededImage Image)? Pushed =>
            Content.Detail is { Result: "SUCCESS", ActionType: "PUSH" or "REPLICATE" } detail
            && RepositoryName.IsValid(detail.RepositoryName)
            && Digest.TryParse(detail.ImageDigest, out var digest)
                ? (detail.RepositoryName, new SeededImage
                {
                    Digest = digest.Value,
                    Tags = string.IsNullOrEmpty(detail.ImageTag) ? [] : [detail.ImageTag],
                    MediaType = detail.ManifestMediaType ?? MediaTypes.OciManifest,
                })
                : null;
    }
}
