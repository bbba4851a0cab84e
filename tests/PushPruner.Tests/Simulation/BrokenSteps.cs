using System.Runtime.CompilerServices;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>The safety steps, each switched off.</summary>
static partial class BrokenSteps
{
    /// <summary>Before a delete ECR is not asked anew: what it said of a manifest when that was first seen is believed.</summary>
    public static BrokenStep NoConfirmation => new() { Registry = inner => new FirstWord(inner) };

    /// <summary>What is to be deleted is not looked at for protecting tags.</summary>
    public static BrokenStep NoProtectCheck => new() { Registry = inner => new WithoutProtectedTags(inner) };

    /// <summary>Tagged images are deleted by their digest alone, with whatever tags they bear by then.</summary>
    public static BrokenStep NoPairDelete => new() { Registry = inner => new ByDigest(inner) };

    /// <summary>What refers to an image goes before the image.</summary>
    public static BrokenStep ReferrersFirst => new() { Registry = inner => new SignaturesFirst(inner) };

    /// <summary>Whatever is pushed without a tag takes a place among the newest at once.</summary>
    public static BrokenStep NoProof => new() { Index = inner => new EverythingRanked(inner) };

    /// <summary>However many are to go, they go.</summary>
    public static BrokenStep NoBreaker => new() { Settings = settings => settings with { MaxDeletes = 100_000 } };

    /// <summary>The run doesn't know which digest its event names.</summary>
    public static BrokenStep NoOwnDigest => new() { Event = evt => evt with { Digest = $"sha256:{new string('0', 64)}" } };

    // One for the whole history: the jobs are given a new one each time.
    sealed class FirstWord(IRegistry inner) : RegistryDecorator(inner)
    {
        static readonly ConditionalWeakTable<object, Dictionary<Digest, Manifest>> Words = [];

        Dictionary<Digest, Manifest> Seen => Words.GetOrCreateValue(((InProcessRegistry)Inner).Ecr);

        public override async IAsyncEnumerable<Manifest> ListAsync(
            string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var manifest in Inner.ListAsync(repository, cancellationToken))
            {
                Seen.TryAdd(manifest.Digest, manifest);
                yield return manifest;
            }
        }

        public override async Task<Description> DescribeAsync(
            string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
        {
            if (digests.Count > 1 && digests.All(Seen.ContainsKey))
                return new Description([.. digests.Select(d => Seen[d])], []);

            var answer = await Inner.DescribeAsync(repository, digests, cancellationToken);
            foreach (var manifest in answer.Found)
                Seen.TryAdd(manifest.Digest, manifest);
            return answer;
        }
    }

    sealed class WithoutProtectedTags(IRegistry inner) : RegistryDecorator(inner)
    {
        public override async Task<Description> DescribeAsync(
            string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
        {
            var answer = await Inner.DescribeAsync(repository, digests, cancellationToken);
            return answer with
            {
                Found =
                [
                    .. answer.Found.Select(m =>
                        m with
                        {
                            Tags = [.. m.Tags.Where(t => t != "latest" && !t.StartsWith("prod-", StringComparison.Ordinal))],
                        }),
                ],
            };
        }
    }

    sealed class ByDigest(IRegistry inner) : RegistryDecorator(inner)
    {
        public override async Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
            string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
        {
            var answers = await Inner.DeleteAsync(repository, [.. ids.Select(id => new ImageId(id.Digest)).Distinct()], cancellationToken);
            return [.. ids.Select(id => answers.First(a => a.Id.Digest == id.Digest) with { Id = id })];
        }
    }

    sealed class SignaturesFirst(IRegistry inner) : RegistryDecorator(inner)
    {
        public override async Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
            string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
        {
            var going = ids.Select(id => id.Digest).ToHashSet();
            var referrers = new List<Digest>();
            await foreach (var manifest in Inner.ListAsync(repository, cancellationToken))
            {
                if (ReferrerTag.AllSubjectsOf(manifest).Any(going.Contains))
                    referrers.Add(manifest.Digest);
            }

            if (referrers.Count > 0)
                await Inner.DeleteAsync(repository, [.. referrers.Select(d => new ImageId(d))], cancellationToken);
            return await Inner.DeleteAsync(repository, ids, cancellationToken);
        }
    }

    sealed class EverythingRanked(IManifestIndex inner) : IndexDecorator(inner)
    {
        public override Task<IndexRow?> TryWriteAsync(string repository, IndexRow row, CancellationToken cancellationToken) =>
            Inner.TryWriteAsync(
                repository,
                row.Tags.Count == 0 && row.PushedAt is not null ? row with { Stream = Kind.Image, RankedAt = row.PushedAt } : row,
                cancellationToken);
    }
}
