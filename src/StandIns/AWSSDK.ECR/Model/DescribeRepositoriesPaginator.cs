using Amazon.ECR.Internal;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

sealed class DescribeRepositoriesPaginator(IAmazonECR client, DescribeRepositoriesRequest request)
    : SingleUsePaginator<DescribeRepositoriesResponse>, IDescribeRepositoriesPaginator
{
    public IPaginatedEnumerable<DescribeRepositoriesResponse> Responses => new PaginatedResponse<DescribeRepositoriesResponse>(this);

    public IPaginatedEnumerable<Repository> Repositories =>
        new PaginatedResultKeyResponse<DescribeRepositoriesResponse, Repository>(this, page => page.Repositories ?? []);

    protected override string FirstToken => request.NextToken;

    protected override Task<DescribeRepositoriesResponse> Page(string token, CancellationToken cancellationToken)
    {
        request.NextToken = token;
        return client.DescribeRepositoriesAsync(request, cancellationToken);
    }

    protected override string TokenAfter(DescribeRepositoriesResponse page) => page.NextToken;
}
