using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Hostile;

/// <summary>
/// A registry that answers with these texts when it is asked for manifests, whatever was pushed: some no registry would take.
/// </summary>
sealed class RegistryWithManifests(InProcessRegistry inner, IReadOnlyDictionary<Digest, string> texts) : IRegistry
{
    public Task<IReadOnlyDictionary<Digest, string>> ReadManifestsAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => ReadAsync(repository, digests, cancellationToken);

    async Task<IReadOnlyDictionary<Digest, string>> ReadAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var real = await inner.ReadManifestsAsync(repository, [.. digests.Where(d => !texts.ContainsKey(d))], cancellationToken);
        return real.Concat(texts.Where(t => digests.Contains(t.Key))).ToDictionary();
    }

    public Task<RepositoryPage> ListRepositoriesAsync(string? next, int most, CancellationToken cancellationToken) =>
        inner.ListRepositoriesAsync(next, most, cancellationToken);

    public Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken) =>
        inner.ExistsAsync(repository, cancellationToken);

    public IAsyncEnumerable<Manifest> ListAsync(string repository, CancellationToken cancellationToken) =>
        inner.ListAsync(repository, cancellationToken);

    public Task<Description> DescribeAsync(string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) =>
        inner.DescribeAsync(repository, digests, cancellationToken);

    public Task<IReadOnlySet<Digest>> FindGoneAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => inner.FindGoneAsync(repository, digests, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(string repository, CancellationToken cancellationToken) =>
        inner.ReadResourceTagsAsync(repository, cancellationToken);

    public Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
        string repository,
        IReadOnlyList<ImageId> ids,
        CancellationToken cancellationToken) => inner.DeleteAsync(repository, ids, cancellationToken);
}
