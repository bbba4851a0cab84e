using Amazon.ECR;
using Amazon.ECR.Model;

namespace PushPruner.Benchmarks.Systems;

/// <summary>
/// The usual scheduled Lambda, for comparison: lists all images of a repository, sorts them, and deletes what is outranked and old. It
/// knows nothing of multi-arch images, protected tags or pulls, which would cost it more.
/// </summary>
static class FullScan
{
    const int IdsACall = 100;

    /// <returns>How many it deleted.</returns>
    public static async Task<int> RunAsync(
        IAmazonECR ecr, string repository, int keepNewest, DateTimeOffset before, int pageSize, CancellationToken cancellationToken)
    {
        var images = new List<ImageDetail>();
        string? next = null;
        do
        {
            var request = new DescribeImagesRequest { RepositoryName = repository, MaxResults = pageSize, NextToken = next };
            var page = await ecr.DescribeImagesAsync(request, cancellationToken);
            images.AddRange(page.ImageDetails ?? []);
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        var expired = images
            .OrderByDescending(i => i.ImagePushedAt)
            .Skip(keepNewest)
            .Where(i => i.ImagePushedAt < before.UtcDateTime)
            .ToList();
        foreach (var some in expired.Chunk(IdsACall))
        {
            var request = new BatchDeleteImageRequest
            {
                RepositoryName = repository,
                ImageIds = [.. some.Select(i => new ImageIdentifier { ImageDigest = i.ImageDigest })],
            };
            await ecr.BatchDeleteImageAsync(request, cancellationToken);
        }

        return expired.Count;
    }
}
