namespace PushPruner.LocalAws;

/// <summary>
/// The settings of a <see cref="LocalRegistry"/>, and its choice wherever neither documentation nor a recording says what ECR does. Code
/// that depends on such a choice should be tested both ways.
/// </summary>
public sealed record LocalRegistryOptions
{
    public string AccountId { get; init; } = "123456789012";

    public string Region { get; init; } = "us-east-1";

    /// <summary>Request and event ids follow from it.</summary>
    public int Seed { get; init; } = 1;

    public PairDelete PairDelete { get; init; } = PairDelete.TagOnly;

    /// <summary>A (digest, tag) pair whose tag exists nowhere, though the digest does.</summary>
    public UnknownTagOfPair UnknownTagOfPair { get; init; } = UnknownTagOfPair.ImageNotFound;

    /// <summary>Whether ECR refuses to delete a manifest list that another manifest list names, as it does for other members.</summary>
    public bool NestedListsAreGuarded { get; init; } = true;

    public DeleteEvents DeleteEvents { get; init; } = DeleteEvents.OnePerTag;

    /// <summary>Whether putting a tag on a digest that is there already sends a push event.</summary>
    public bool RetagSendsEvent { get; init; } = true;

    /// <summary>Whether a put that changes nothing, and fails for that, sends a push event.</summary>
    public bool IdenticalPutSendsEvent { get; init; }

    public ReferrerPushEvent ReferrerPushEvent { get; init; } = ReferrerPushEvent.ImageAction;

    /// <summary>Whether an image that arrives by replication sends a push event besides its own.</summary>
    public bool ReplicationSendsPushToo { get; init; }

    /// <summary>
    /// Recordings have the media type of the config, of images and Helm charts alike. None is of a manifest that also says its
    /// artifactType, as ORAS writes it with an empty config [?].
    /// </summary>
    public ArtifactMediaType ArtifactMediaType { get; init; } = ArtifactMediaType.ArtifactType;

    public FilteredPages FilteredPages { get; init; } = FilteredPages.Full;

    /// <summary>The answer for an id whose image the status filter leaves out.</summary>
    public FilteredId FilteredId { get; init; } = FilteredId.NotFound;

    public UnacceptedMediaType UnacceptedMediaType { get; init; } = UnacceptedMediaType.ImageNotFound;

    /// <summary>Pushing an archived image restores it; whether it also counts as pushed now.</summary>
    public bool RestoringPushMovesPushedAt { get; init; }

    /// <summary>Push times had whole seconds in records of 2020 and milliseconds in records of 2025.</summary>
    public bool WholeSeconds { get; init; }

    /// <summary>How old a recorded pull time gets before another pull refreshes it. ECR promises no more than a day.</summary>
    public TimeSpan PullTimeLag { get; init; } = TimeSpan.Zero;

    /// <summary>Whether HEAD of a manifest counts as a pull, as GET does. Not documented.</summary>
    public bool HeadCountsAsPull { get; init; }

    /// <summary>
    /// Whether a push to a repository that isn't there makes it, as a creation template does. Only for pushes by the distribution API.
    /// </summary>
    public bool CreateOnPush { get; init; }

    /// <summary>The account's setting BLOB_MOUNTING, which is off unless someone turns it on.</summary>
    public bool BlobMounting { get; init; }

    /// <summary>How long an image is ACTIVATING. ECR promises 20 minutes at most.</summary>
    public TimeSpan RestoreTakes { get; init; } = TimeSpan.FromMinutes(5);
}
