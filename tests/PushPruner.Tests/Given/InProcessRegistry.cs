using System.Runtime.CompilerServices;
using PushPruner.LocalAws;
using PushPruner.Ports;

namespace PushPruner.Tests.Given;

/// <summary>The registry port on LocalAws' model, without HTTP: what a job does to ECR can be counted and broken call by call.</summary>
sealed class InProcessRegistry(LocalRegistry ecr) : IRegistry
{
    public LocalRegistry Ecr => ecr;

    public async Task<RepositoryPage> ListRepositoriesAsync(string? next, int most, CancellationToken cancellationToken)
    {
        var page = await SendAsync(new DescribeRepositoriesCall { NextToken = next, MaxResults = most }, cancellationToken);
        return new RepositoryPage([.. page.Repositories.Select(r => r.RepositoryName)], page.NextToken);
    }

    public async Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken)
    {
        try
        {
            await ecr.SendAsync(new DescribeRepositoriesCall { RepositoryNames = [repository] }, cancellationToken);
            return true;
        }
        catch (EcrError e) when (e.Code == "RepositoryNotFoundException")
        {
            return false;
        }
    }

    public async IAsyncEnumerable<Manifest> ListAsync(string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await SendAsync(
                new DescribeImagesCall
                {
                    RepositoryName = repository, MaxResults = 1_000, NextToken = next, Filter = ImageFilter.Any,
                },
                cancellationToken);
            foreach (var detail in page.ImageDetails)
                yield return Read(detail);
            next = page.NextToken;
        }
        while (next is not null);
    }

    // As EcrRegistry: one call per 100.
    public async Task<Description> DescribeAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        List<Description> all = [];
        foreach (var some in digests.Chunk(IRegistry.MaxIds))
            all.Add(await DescribeSomeAsync(repository, some, cancellationToken));
        return new Description([.. all.SelectMany(d => d.Found)], [.. all.SelectMany(d => d.Gone)], all.All(d => d.IsComplete));
    }

    async Task<Description> DescribeSomeAsync(string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var left = digests.ToList();
        var gone = new List<Digest>();
        while (left.Count > 0)
        {
            try
            {
                var ids = left.Select(d => EcrImageId.Digest(d.Value)).ToList();
                var answer = await SendAsync(
                    new DescribeImagesCall
                    {
                        RepositoryName = repository, ImageIds = ids, Filter = ImageFilter.Any,
                    },
                    cancellationToken);
                return new Description([.. answer.ImageDetails.Select(Read)], gone);
            }
            catch (EcrError e) when (e.Code == "ImageNotFoundException")
            {
                if (gone.Count > 3)
                    return new Description([], gone, IsComplete: false);

                var more = gone.Count == 3
                    ? await FindGoneAsync(repository, left, cancellationToken)
                    : new HashSet<Digest> { left.Find(d => e.Message.Contains(d.Value, StringComparison.Ordinal)) };
                gone.AddRange(more);
                left.RemoveAll(more.Contains);
            }
        }

        return new Description([], gone);
    }

    public async Task<IReadOnlyDictionary<Digest, string>> ReadManifestsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<Digest, string>();
        foreach (var some in digests.Chunk(IRegistry.MaxIds))
        {
            foreach (var image in (await GetAsync(repository, some, cancellationToken)).Images)
                texts[Digest.Parse(image.ImageId.ImageDigest)] = image.ImageManifest!;
        }

        return texts;
    }

    public async Task<IReadOnlySet<Digest>> FindGoneAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var gone = new HashSet<Digest>();
        foreach (var some in digests.Chunk(IRegistry.MaxIds))
        {
            var answer = await GetAsync(repository, some, cancellationToken);
            gone.UnionWith(answer.Failures.Where(f => f.FailureCode == "ImageNotFound").Select(f => Digest.Parse(f.ImageId.ImageDigest)));
        }

        return gone;
    }

    Task<BatchGetImageAnswer> GetAsync(string repository, IEnumerable<Digest> digests, CancellationToken cancellationToken) => SendAsync(
        new BatchGetImageCall
        {
            RepositoryName = repository,
            ImageIds = [.. digests.Select(d => EcrImageId.Digest(d.Value))],
            AcceptedMediaTypes = [.. MediaTypes.All],
        },
        cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(string repository, CancellationToken cancellationToken)
    {
        var arn = $"arn:aws:ecr:{ecr.Options.Region}:{ecr.Options.AccountId}:repository/{repository}";
        var answer = await SendAsync(new ListTagsForResourceCall { ResourceArn = arn }, cancellationToken);
        return answer.Tags.ToDictionary(t => t.Key!, t => t.Value!, StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
        string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Select(id => new EcrImageId { ImageDigest = id.Digest.Value, ImageTag = id.Tag }).ToList();
        var answer = await SendOnceAsync(new BatchDeleteImageCall { RepositoryName = repository, ImageIds = asked }, cancellationToken);
        return [.. ids.Select(id =>
        {
            var failure = answer.Failures.FirstOrDefault(f => f.ImageId.ImageDigest == id.Digest.Value && f.ImageId.ImageTag == id.Tag);
            return new DeleteAnswer(id, failure?.FailureCode, failure?.FailureReason);
        })];
    }

    // As EcrRegistry: whether ECR did it is left open.
    async Task<BatchDeleteImageAnswer> SendOnceAsync(BatchDeleteImageCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(call, cancellationToken);
        }
        catch (Exception e) when (e is ConnectionLostException or TimeoutException or EcrError { Code: "ThrottlingException" }
            or EcrError { HttpStatus: >= 500 })
        {
            throw new DeleteUnansweredException(call.RepositoryName ?? "", e);
        }
    }

    async Task<T> SendAsync<T>(EcrCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await ecr.SendAsync(call, cancellationToken);
        }
        catch (EcrError e) when (e.Code == "RepositoryNotFoundException")
        {
            throw new NoSuchRepositoryException(call.RepositoryName ?? "", e);
        }
    }

    static Manifest Read(ImageDetail detail) => new()
    {
        Digest = Digest.Parse(detail.ImageDigest),
        Tags = detail.ImageTags ?? [],
        PushedAt = detail.ImagePushedAt,
        LastActivatedAt = detail.LastActivatedAt,
        LastPulledAt = detail.LastRecordedPullTime,
        Bytes = detail.ImageSizeInBytes ?? 0,
        MediaType = detail.ImageManifestMediaType,
        ArtifactMediaType = detail.ArtifactMediaType,
        Subject = Digest.TryParse(detail.SubjectManifestDigest, out var subject) ? subject : null,
        Status = detail.ImageStatus switch
        {
            "ACTIVE" => ManifestStatus.Active,
            "ARCHIVED" => ManifestStatus.Archived,
            "ACTIVATING" => ManifestStatus.Activating,
            _ => ManifestStatus.Unknown,
        },
    };
}
