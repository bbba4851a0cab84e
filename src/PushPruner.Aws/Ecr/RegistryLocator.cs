using Amazon.ECR;
using Amazon.ECR.Model;
using PushPruner.Ports;

namespace PushPruner.Aws.Ecr;

/// <summary>
/// Finds out where a registry is, from the ARN of one of its repositories. That needs <c>ecr:DescribeRepositories</c>, which a listing of
/// the registry needs anyway, and no client of a second service. A reconcile of one repository needs that permission only for this.
/// </summary>
public static class RegistryLocator
{
    /// <returns>Null if the registry has no repository.</returns>
    public static async Task<RegistryHome?> FindAsync(IAmazonECR ecr, CancellationToken cancellationToken)
    {
        var response = await ecr.DescribeRepositoriesAsync(new DescribeRepositoriesRequest { MaxResults = 1 }, cancellationToken);
        return response.Repositories is [var first, ..] ? RegistryHome.OfRepository(first.RepositoryArn) : null;
    }

    /// <summary>Asks for this repository only, because the caller may not see others.</summary>
    /// <exception cref="NoSuchRepositoryException">There is no such repository.</exception>
    public static async Task<RegistryHome> FindAsync(IAmazonECR ecr, string repository, CancellationToken cancellationToken)
    {
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
