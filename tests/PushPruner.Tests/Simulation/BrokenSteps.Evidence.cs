using System.Runtime.CompilerServices;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

// What shows that a manifest is an image, and of which kind.
static partial class BrokenSteps
{
    static readonly StepKind[] Releasing =
    [
        StepKind.Push, StepKind.Push, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver, StepKind.Deliver,
        StepKind.Days, StepKind.Days, StepKind.Hours,
    ];

    /// <summary>What an untagged manifest says of itself is not looked at: it counts as an image.</summary>
    public static BrokenStep NoReading => new()
    {
        Index = inner => new ImagesAlone(inner),
        Histories = Step.Of([.. Releasing, StepKind.SignOldest, StepKind.SignOldest, StepKind.Sign, StepKind.Sign, StepKind.Wipe]),
    };

    /// <summary>Build caches and charts count as images.</summary>
    public static BrokenStep NoKinds => new()
    {
        Registry = inner => new WithoutArtifactTypes(inner),
        Histories = Step.Of([.. Releasing, StepKind.PushCache, StepKind.PushChart]),
    };

    /// <summary>The tag of a platform proves an image at once.</summary>
    public static BrokenStep NoSettling => new()
    {
        Index = inner => new StagedRanked(inner),
        Histories = Step.Of([.. Releasing, StepKind.Stage, StepKind.Stage]),
    };

    sealed class ImagesAlone(IManifestIndex inner) : IndexDecorator(inner)
    {
        public override Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken) =>
            Inner.TryWriteAsync(repository, AsImage(row), cancellationToken);

        static IndexRow AsImage(IndexRow row) => row is { Tags.Count: 0, Stream: not null }
            ? row with { Stream = Kind.Image, History = row.History with { Kind = Kind.Image } }
            : row;
    }

    sealed class WithoutArtifactTypes(IRegistry inner) : RegistryDecorator(inner)
    {
        public override async IAsyncEnumerable<Manifest> ListAsync(
            string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var manifest in Inner.ListAsync(repository, cancellationToken))
                yield return manifest with { ArtifactMediaType = null };
        }

        public override async Task<Description> DescribeAsync(
            string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
        {
            var answer = await Inner.DescribeAsync(repository, digests, cancellationToken);
            return answer with { Found = [.. answer.Found.Select(m => m with { ArtifactMediaType = null })] };
        }
    }

    sealed class StagedRanked(IManifestIndex inner) : IndexDecorator(inner)
    {
        public override Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken) =>
            Inner.TryWriteAsync(repository, Ranked(row), cancellationToken);

        static IndexRow Ranked(IndexRow row) =>
            row is { Stream: null, PushedAt: not null, History.Owners.Count: 0 } && row.Tags.Any(IsStaging)
                ? row with { Stream = Kind.Image, RankedAt = row.PushedAt }
                : row;

        static bool IsStaging(string tag) =>
            tag.Contains("amd64", StringComparison.Ordinal) || tag.Contains("arm64", StringComparison.Ordinal);
    }
}
