using Amazon.ECR.Internal;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

sealed class DescribeImagesPaginator(IAmazonECR client, DescribeImagesRequest request)
    : SingleUsePaginator<DescribeImagesResponse>, IDescribeImagesPaginator
{
    public IPaginatedEnumerable<DescribeImagesResponse> Responses => new PaginatedResponse<DescribeImagesResponse>(this);

    public IPaginatedEnumerable<ImageDetail> ImageDetails =>
        new PaginatedResultKeyResponse<DescribeImagesResponse, ImageDetail>(this, page => page.ImageDetails ?? []);

    protected override string FirstToken => request.NextToken;

    protected override Task<DescribeImagesResponse> Page(string token, CancellationToken cancellationToken)
    {
        request.NextToken = token;
        return client.DescribeImagesAsync(request, cancellationToken);
    }

    protected override string TokenAfter(DescribeImagesResponse page) => page.NextToken;
}
