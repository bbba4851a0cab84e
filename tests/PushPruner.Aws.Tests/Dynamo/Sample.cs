using System.Globalization;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>Rows and names to test with.</summary>
static class Sample
{
    static int repositories;

    public static DateTimeOffset Start { get; } = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    public static Digest Digest(int number) => PushPruner.Digest.Parse("sha256:" + number.ToString("x64", CultureInfo.InvariantCulture));

    /// <summary>A repository that no other test has.</summary>
    public static string Repository() =>
        string.Create(CultureInfo.InvariantCulture, $"team-a/apps/app_{Interlocked.Increment(ref repositories)}.x");

    public static IndexRow Row(int number) => new() { Digest = Digest(number), PushedAt = Start, Bytes = 1_000 + number };

    /// <summary>An image in both orders, the older the larger the number.</summary>
    public static IndexRow Image(int number) => Row(number) with
    {
        PushedAt = Start.AddMinutes(-number),
        Stream = Kind.Image,
        RankedAt = Start.AddMinutes(-number),
        DueFrom = Start.AddMinutes(-number),
    };

    public static Tombstone Tombstone(int number, DateTimeOffset deletedAt) =>
        new()
        {
            Digest = Digest(number),
            Tags = ["1.0", "latest"],
            PushedAt = Start.AddTicks(1),
            Bytes = 5,
            DeletedAt = deletedAt,
            Reason = "rank 10, 43.2 days old",
            RequestId = "request-1",
            Rank = 10,
            ActiveAt = Start.AddDays(-43),
            Policy = new RetentionPolicy
            {
                KeepNewest = 5,
                KeepFor = TimeSpan.FromDays(7.5),
                ProtectTags = WildcardSet.Of("prod", "release-*"),
                KeepPulledFor = TimeSpan.FromDays(90),
            },
            EventId = "event-1",
            Execution = "arn:aws:states:us-east-1:123456789012:execution:Reconcile:weekly",
        };
}
