namespace PushPruner.Rules;

/// <summary>What only the index remembers of a manifest, because ECR can't say it.</summary>
public sealed record Memory
{
    public static Memory None { get; } = new();

    /// <summary>The <c>time</c> of the last push event that named this digest: a promotion, when it came after the push.</summary>
    public DateTimeOffset? PromotedAt { get; init; }

    /// <summary>The push time for which this manifest was proven to be an image. A re-push needs a new proof.</summary>
    public DateTimeOffset? ProvenFor { get; init; }

    /// <summary>The index that names this manifest, as ECR gave it when it refused a delete.</summary>
    public Digest? MemberOf { get; init; }
}
