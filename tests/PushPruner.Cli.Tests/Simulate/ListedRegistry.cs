using System.Runtime.CompilerServices;
using PushPruner.Ports;

namespace PushPruner.Cli.Tests.Simulate;

/// <summary>Of a registry only what it lists.</summary>
sealed class ListedRegistry(IReadOnlyList<Manifest> manifests) : IRegistry
{
    public async IAsyncEnumerable<Manifest> ListAsync(string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var manifest in manifests)
            yield return manifest;
        await Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(string repository, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(StringComparer.Ordinal));

    public Task<RepositoryPage> ListRepositoriesAsync(string? next, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Description> DescribeAsync(string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<Digest, string>> ReadManifestsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlySet<Digest>> FindGoneAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
        string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken) => throw new NotSupportedException();
}
