namespace PushPruner.Ports;

/// <summary>
/// The registry as the jobs see it. Its word decides. Implementations retry what is throttled, except deletes; what they throw is
/// <see cref="NoSuchRepositoryException"/>, <see cref="DeleteUnansweredException"/> or a fault that the run can't go on from.
/// </summary>
public interface IRegistry
{
    /// <summary>One page of the registry's repositories, in no particular order: one call.</summary>
    /// <param name="next">What the former page gave; null for the first.</param>
    /// <param name="most">At most so many names; 1 to 1,000.</param>
    Task<RepositoryPage> ListRepositoriesAsync(string? next, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for the repository by name: one call. ECR's reads lag, so a <see cref="NoSuchRepositoryException"/> of another call is no
    /// evidence until this says false.
    /// </summary>
    Task<bool> ExistsAsync(string repository, CancellationToken cancellationToken);

    /// <summary>
    /// Every manifest of every status, page by page, in no particular order; one that moves between pages may come twice.
    /// </summary>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    IAsyncEnumerable<Manifest> ListAsync(string repository, CancellationToken cancellationToken);

    /// <summary>Asks for manifests by digest, whatever their status: one call per 100.</summary>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    Task<Description> DescribeAsync(string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken);

    /// <summary>
    /// The exact texts of manifests, asked for by digest: one call per 100. What ECR can't give is left out. ECR counts it as a pull.
    /// </summary>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    Task<IReadOnlyDictionary<Digest, string>> ReadManifestsAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken);

    /// <summary>
    /// Those of these manifests that ECR says it doesn't have; of the others nothing is known for certain. One call per 100 however many
    /// are gone, which a description can't do. Of one that is there ECR counts it as a pull.
    /// </summary>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    Task<IReadOnlySet<Digest>> FindGoneAsync(string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken);

    /// <summary>The repository's own resource tags.</summary>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    Task<IReadOnlyDictionary<string, string>> ReadResourceTagsAsync(string repository, CancellationToken cancellationToken);

    /// <summary>Deletes at most <see cref="MaxIds"/> at once, by one call that is never repeated, and gives one answer for each.</summary>
    /// <exception cref="DeleteUnansweredException">ECR throttled the call or failed at it, or its answer was lost.</exception>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken);

    /// <summary>The most ids that ECR takes in one call.</summary>
    const int MaxIds = 100;
}
