using PushPruner.Ports;

namespace PushPruner.Tests.Given;

/// <summary>Another's answers, but for what a derived class makes otherwise.</summary>
abstract class RegistryDecorator(IRegistry inner) : IRegistry
{
    protected IRegistry Inner => inner;

    public virtual Task<RepositoryPage> ListRepositoriesAsync(string? next, int most, CancellationToken cancellationToken) =>
        inner.ListRepositoriesAsync(next, most, cancellationToken);

    public virtual Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken) =>
        inner.ExistsAsync(repository, cancellationToken);

    public virtual IAsyncEnumerable<Manifest> ListAsync(string repository, CancellationToken cancellationToken) =>
        inner.ListAsync(repository, cancellationToken);

    public virtual Task<Description> DescribeAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => inner.DescribeAsync(repository, digests, cancellationToken);

    public virtual Task<IReadOnlyDictionary<Digest, string>> ReadManifestsAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => inner.ReadManifestsAsync(repository, digests, cancellationToken);

    public virtual Task<IReadOnlySet<Digest>> FindGoneAsync(
        string repository,
        IReadOnlyCollection<Digest> digests,
        CancellationToken cancellationToken) => inner.FindGoneAsync(repository, digests, cancellationToken);

    public virtual Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(
        string repository, CancellationToken cancellationToken) => inner.ReadResourceTagsAsync(repository, cancellationToken);

    public virtual Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
        string repository,
        IReadOnlyList<ImageId> ids,
        CancellationToken cancellationToken) => inner.DeleteAsync(repository, ids, cancellationToken);
}
