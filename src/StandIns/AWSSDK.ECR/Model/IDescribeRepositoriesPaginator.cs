using Amazon.Runtime;

namespace Amazon.ECR.Model;

public interface IDescribeRepositoriesPaginator
{
    IPaginatedEnumerable<DescribeRepositoriesResponse> Responses { get; }

    IPaginatedEnumerable<Repository> Repositories { get; }
}
