using System.Runtime.CompilerServices;
using Amazon.ECR;
using Amazon.ECR.Model;
using Amazon.Runtime;
using PushPruner.Ports;

namespace PushPruner.Aws.Ecr;

/// <summary>The registry port on Amazon ECR.</summary>
/// <param name="ecr">Made by <see cref="EcrClient"/>, because other clients may repeat a delete.</param>
/// <param name="home">Where the registry is.</param>
public sealed class EcrRegistry(IAmazonECR ecr, RegistryHome home) : IRegistry
{
    const int PageSize = 1_000;

    // DescribeImages fails as a whole if one id is gone, and names one such id. So many are removed one by one.
    const int MostSingledOut = 3;

    // With parallel calls, 1,000 images are described within the two seconds between ECR's answer and a delete.
    const int CallsAtOnce = 10;

    // Without it ECR leaves out archived images, which would look deleted. A new one per request, because requests are mutable.
    static DescribeImagesFilter OfAnyStatus => new() { ImageStatus = ImageStatusFilter.ANY };

    public async Task<RepositoryPage> ListRepositoriesAsync(string? next, int most, CancellationToken cancellationToken)
    {
        var page = await ecr.DescribeRepositoriesAsync(
            new DescribeRepositoriesRequest { MaxResults = most, NextToken = next }, cancellationToken);
        return new RepositoryPage(
            [.. (page.Repositories ?? []).Select(r => r.RepositoryName)], string.IsNullOrEmpty(page.NextToken) ? null : page.NextToken);
    }

    public async Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken)
    {
        try
        {
            // An answer without the repository proves nothing. Only the exception says that it is gone.
            await ecr.DescribeRepositoriesAsync(new DescribeRepositoriesRequest { RepositoryNames = [repository] }, cancellationToken);
            return true;
        }
        catch (RepositoryNotFoundException)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<Manifest> ListAsync(string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var request = new DescribeImagesRequest
            {
                RepositoryName = repository, MaxResults = PageSize, NextToken = next, Filter = OfAnyStatus,
            };
            var page = await InRepositoryAsync(repository, () => ecr.DescribeImagesAsync(request, cancellationToken));
            foreach (var detail in page.ImageDetails ?? [])
            {
                if (ImageDetails.Read(detail) is { } manifest)
                    yield return manifest;
            }

            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    public async Task<Description> DescribeAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var parts = new List<Description>();
        foreach (var some in digests.Where(d => d.IsSha256).Chunk(IRegistry.MaxIds).Chunk(CallsAtOnce))
            parts.AddRange(await Task.WhenAll(some.Select(ids => DescribeReadableAsync(repository, ids, cancellationToken))));

        return new Description(
            [.. parts.SelectMany(p => p.Found)],
            [.. parts.SelectMany(p => p.Gone), .. UnknownToEcr(digests)],
            parts.TrueForAll(p => p.IsComplete));
    }

    public async Task<IReadOnlyDictionary<Digest, string>> ReadManifestsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<Digest, string>();
        await foreach (var answer in GetAsync(repository, digests, cancellationToken))
        {
            foreach (var image in answer.Images ?? [])
            {
                if (Digest.TryParse(image.ImageId?.ImageDigest, out var digest)
                    && digests.Contains(digest)
                    && image.ImageManifest is { } text)
                {
                    texts[digest] = text;
                }
            }
        }

        return texts;
    }

    public async Task<IReadOnlySet<Digest>> FindGoneAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var gone = UnknownToEcr(digests).ToHashSet();
        await foreach (var answer in GetAsync(repository, digests, cancellationToken))
        {
            // After any other failure the image may be there.
            var failed = (answer.Failures ?? [])
                .Where(f => f.FailureCode?.Value == DeleteAnswer.ImageNotFound)
                .Select(f => f.ImageId?.ImageDigest);
            gone.UnionWith(digests.Where(d => failed.Contains(d.Value, StringComparer.Ordinal)));
        }

        return gone;
    }

    public async Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(string repository, CancellationToken cancellationToken)
    {
        var request = new ListTagsForResourceRequest { ResourceArn = home.ArnOf(repository) };
        var response = await InRepositoryAsync(repository, () => ecr.ListTagsForResourceAsync(request, cancellationToken));
        return (response.Tags ?? []).ToDictionary(t => t.Key, t => t.Value ?? "", StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
        string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
    {
        var request = new BatchDeleteImageRequest
        {
            RepositoryName = repository,
            ImageIds = [.. ids.Select(id => new ImageIdentifier { ImageDigest = id.Digest.Value, ImageTag = id.Tag })],
        };
        try
        {
            var response = await InRepositoryAsync(repository, () => ecr.BatchDeleteImageAsync(request, cancellationToken));
            return DeleteAnswers.Match(ids, response);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && DeleteErrors.LeaveOpen(e))
        {
            throw new DeleteUnansweredException(repository, e);
        }
    }

    // By digest alone, because a tag could have moved. All types are accepted, because ECR leaves out manifests of other types.
    async IAsyncEnumerable<BatchGetImageResponse> GetAsync(
        string repository, IReadOnlyCollection<Digest> digests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in digests.Where(d => d.IsSha256).Chunk(IRegistry.MaxIds))
        {
            var request = new BatchGetImageRequest
            {
                RepositoryName = repository,
                ImageIds = [.. some.Select(d => new ImageIdentifier { ImageDigest = d.Value })],
                AcceptedMediaTypes = [.. MediaTypes.All],
            };
            yield return await InRepositoryAsync(repository, () => ecr.BatchGetImageAsync(request, cancellationToken));
        }
    }

    // ECR stores sha256 digests only, and refuses a whole call with any other. So such a manifest cannot be there.
    static IEnumerable<Digest> UnknownToEcr(IEnumerable<Digest> digests) => digests.Where(d => !d.IsSha256);

    // The SDK refuses a whole answer if it cannot read one detail, such as a push time in milliseconds. So the ids are asked in halves,
    // until only that image has no answer and is in doubt.
    async Task<Description> DescribeReadableAsync(string repository, Digest[] some, CancellationToken cancellationToken)
    {
        try
        {
            return await DescribeSomeAsync(repository, [.. some], cancellationToken);
        }
        catch (AmazonUnmarshallingException)
        {
            if (some.Length <= 1)
                return new Description([], [], IsComplete: false);

            var half = some.Length / 2;
            var first = await DescribeReadableAsync(repository, some[..half], cancellationToken);
            var second = await DescribeReadableAsync(repository, some[half..], cancellationToken);
            return new Description(
                [.. first.Found, .. second.Found], [.. first.Gone, .. second.Gone], first.IsComplete && second.IsComplete);
        }
    }

    async Task<Description> DescribeSomeAsync(string repository, List<Digest> left, CancellationToken cancellationToken)
    {
        var gone = new List<Digest>();
        for (var singledOut = 0; left.Count > 0; singledOut++)
        {
            var request = new DescribeImagesRequest
            {
                RepositoryName = repository,
                ImageIds = [.. left.Select(d => new ImageIdentifier { ImageDigest = d.Value })],
                Filter = OfAnyStatus,
            };
            try
            {
                var response = await InRepositoryAsync(repository, () => ecr.DescribeImagesAsync(request, cancellationToken));
                var manifests = (response.ImageDetails ?? []).Select(ImageDetails.Read).OfType<Manifest>().ToList();
                // The answer may leave images out. Nothing is known about those.
                return new Description(manifests, gone, left.TrueForAll(d => manifests.Exists(m => m.Digest == d)));
            }
            catch (ImageNotFoundException e)
            {
                var named = left.Count == 1 ? left[0] : left.Find(d => e.Message.Contains(d.Value, StringComparison.Ordinal));
                if (singledOut > MostSingledOut)
                    return new Description([], gone, IsComplete: false);
                if (named == default || singledOut == MostSingledOut)
                {
                    // Finds the others in one call. ECR counts it as a pull of those that exist: only if many are gone.
                    var missing = await FindGoneAsync(repository, left, cancellationToken);
                    gone.AddRange(missing);
                    left.RemoveAll(missing.Contains);
                    singledOut = MostSingledOut;
                }
                else
                {
                    gone.Add(named);
                    left.Remove(named);
                }
            }
        }

        return new Description([], gone, IsComplete: true);
    }

    static async Task<T> InRepositoryAsync<T>(string repository, Func<Task<T>> callAsync)
    {
        try
        {
            return await callAsync();
        }
        catch (RepositoryNotFoundException e)
        {
            throw new NoSuchRepositoryException(repository, e);
        }
    }
}
