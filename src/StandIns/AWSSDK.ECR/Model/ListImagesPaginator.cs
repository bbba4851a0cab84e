using Amazon.ECR.Internal;
using Amazon.Runtime;

namespace Amazon.ECR.Model;

sealed class ListImagesPaginator(IAmazonECR client, ListImagesRequest request)
    : SingleUsePaginator<ListImagesResponse>, IListImagesPaginator
{
    public IPaginatedEnumerable<ListImagesResponse> Responses => new PaginatedResponse<ListImagesResponse>(this);

    public IPaginatedEnumerable<ImageIdentifier> ImageIds =>
        new PaginatedResultKeyResponse<ListImagesResponse, ImageIdentifier>(this, page => page.ImageIds ?? []);

    protected override string FirstToken => request.NextToken;

    protected override Task<ListImagesResponse> Page(string token, CancellationToken cancellationToken)
    {
        request.NextToken = token;
        return client.ListImagesAsync(request, cancellationToken);
    }

    protected override string TokenAfter(ListImagesResponse page) => page.NextToken;
}
