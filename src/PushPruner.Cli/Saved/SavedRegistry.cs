using System.Runtime.CompilerServices;

namespace PushPruner.Cli.Saved;

/// <summary>The registry port on a saved listing: what ECR said then. It can't be changed, so nothing can be deleted from it.</summary>
sealed class SavedRegistry(SavedListing saved) : IRegistry
{
    public Task<RepositoryPage> ListRepositoriesAsync(string? next, int most, CancellationToken cancellationToken) =>
        Task.FromResult(new RepositoryPage([.. saved.Repositories.Keys], Next: null));

    public Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken) =>
        Task.FromResult(saved.Repositories.ContainsKey(repository));

    public async IAsyncEnumerable<Manifest> ListAsync(string repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var manifest in ManifestsOf(repository).Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return manifest;
        }

        await Task.CompletedTask;
    }

    public Task<Description> DescribeAsync(string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var manifests = ManifestsOf(repository);
        return Task.FromResult(
            new Description(
                [.. digests.Where(manifests.ContainsKey).Select(d => manifests[d])],
                [.. digests.Where(d => !manifests.ContainsKey(d))],
                IsComplete: true));
    }

    public Task<IReadOnlyDictionary<Digest, string>> ReadManifestsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Digest, string>>(
            digests.Where(saved.Texts.ContainsKey).ToDictionary(d => d, d => saved.Texts[d]));

    public Task<IReadOnlySet<Digest>> FindGoneAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlySet<Digest>>(digests.Where(d => !ManifestsOf(repository).ContainsKey(d)).ToHashSet());

    // A listing doesn't have them.
    public Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(string repository, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(StringComparer.Ordinal));

    public Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
        string repository,
        IReadOnlyList<ImageId> ids,
        CancellationToken cancellationToken) => throw new NotSupportedException("nothing can be deleted from a saved listing");

    IReadOnlyDictionary<Digest, Manifest> ManifestsOf(string repository) =>
        saved.Repositories.TryGetValue(repository, out var manifests) ? manifests : throw new NoSuchRepositoryException(repository);
}
