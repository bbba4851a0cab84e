using Amazon.ECR;
using Amazon.ECR.Model;
using PushPruner.Ports;

namespace PushPruner.Aws.Ecr;

/// <summary>
/// Finds out where a registry is from what it says of its own repositories. That takes <c>ecr:DescribeRepositories</c>, which the listing
/// of a registry takes anyway and a reconcile of one repository doesn't, and no client of a second service.
/// </summary>
public static class RegistryLocator
{
    /// <returns>Null when the registry has no repository to tell by.</returns>
    public static async Task<RegistryHome?> FindAsync(IAmazonECR ecr, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ecr);
        var response = await ecr.DescribeRepositoriesAsync(new DescribeRepositoriesRequest { MaxResults = 1 }, cancellationToken);
        return response.Repositories is [var first, ..] ? RegistryHome.OfRepository(first.RepositoryArn) : null;
    }

    /// <summary>Asks for this repository alone, for those who may see no other.</summary>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    public static async Task<RegistryHome> FindAsync(IAmazonECR ecr, string repository, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ecr);
        try
        {
            var response = await ecr.DescribeRepositoriesAsync(
                new DescribeRepositoriesRequest { RepositoryNames = [repository] }, cancellationToken);
            return response.Repositories is [var found, ..]
                ? RegistryHome.OfRepository(found.RepositoryArn)
                : throw new NoSuchRepositoryException(repository);
        }
        catch (RepositoryNotFoundException e)
        {
            throw new NoSuchRepositoryException(repository, e);
        }
    }
}
