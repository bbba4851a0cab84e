using Amazon.Runtime;

namespace Amazon.ECR.Model;

public interface IListImagesPaginator
{
    IPaginatedEnumerable<ListImagesResponse> Responses { get; }

    IPaginatedEnumerable<ImageIdentifier> ImageIds { get; }
}
