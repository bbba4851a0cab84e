using Amazon.Lambda.CloudWatchEvents;
using PushPruner.Aws;
using PushPruner.Jobs;
using PushPruner.Policies;

namespace PushPruner.Lambda.Events;

/// <summary>Decides which events are pushes to be handled, and says what is wrong with the others.</summary>
static class PushReader
{
    const int LongestTag = 300;

    /// <returns>The push, or why the event is ignored.</returns>
    public static (ImagePush? Push, string? Why) Read(CloudWatchEvent<ImageAction>? evt, RegistryHome home, RepositoryFilter served)
    {
        if (evt is null)
            return Ignored("the event is null");
        if (evt.Source != "aws.ecr")
            return Ignored($"its source is {Shown(evt.Source)}, not \"aws.ecr\"");
        if (evt.Detail is not { } detail)
            return Ignored("it has no detail");
        // ECR documents "ECR Referrer Action" for the restore of a referrer. Whether the push of one has this type or that of an image is
        // not documented.
        if ((evt.DetailType, detail.ActionType)
            is not (("ECR Image Action" or "ECR Referrer Action", "PUSH") or ("ECR Replication Action", "REPLICATE")))
        {
            return Ignored($"it is {Shown(evt.DetailType)} with action {Shown(detail.ActionType)}, not a push");
        }

        if (detail.Result != "SUCCESS")
            return Ignored($"its result is {Shown(detail.Result)}, not \"SUCCESS\"");
        if (evt.Account != home.Account)
            return Ignored($"its account is {Shown(evt.Account)}, not {home.Account}");
        if (evt.Region != home.Region)
            return Ignored($"its region is {Shown(evt.Region)}, not {home.Region}");
        if (!RepositoryName.IsValid(detail.RepositoryName))
            return Ignored($"its repository-name is {Shown(detail.RepositoryName)}");
        if (!Digest.TryParse(detail.ImageDigest, out var digest))
            return Ignored($"its image-digest is {Shown(detail.ImageDigest)}");
        if (!string.IsNullOrEmpty(detail.ImageTag) && !IsTag(detail.ImageTag))
            return Ignored($"its image-tag is {Shown(detail.ImageTag)}");
        if (evt.Time == default)
            return Ignored("its time is missing or not a time");
        if (!served.Serves(detail.RepositoryName))
            return Ignored(WhyNotServed(detail.RepositoryName));

        return (
            new ImagePush(
                detail.RepositoryName,
                digest,
                string.IsNullOrEmpty(detail.ImageTag) ? null : detail.ImageTag,
                new DateTimeOffset(evt.Time, TimeSpan.Zero)),
            null);
    }

    public static string WhyNotServed(string repository) => $"REPOSITORIES does not include {repository}";

    // A text that cannot be a tag must not become a key of the index.
    static bool IsTag(string text) => text.Length <= LongestTag && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    static (ImagePush?, string?) Ignored(string why) => (null, why);

    // Logs and answers show values of the event in quotes, and cut.
    static string Shown(string? text) => text switch
    {
        null => "missing",
        { Length: > 100 } => $"\"{text[..100]}...\"",
        _ => $"\"{text}\"",
    };
}
