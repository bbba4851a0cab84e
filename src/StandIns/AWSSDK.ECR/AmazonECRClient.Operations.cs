using Amazon.ECR.Internal;
using Amazon.ECR.Model;

namespace Amazon.ECR;

// The operations; construction and the pipeline are in AmazonECRClient.cs.
public partial class AmazonECRClient
{
    public virtual Task<BatchDeleteImageResponse> BatchDeleteImageAsync(
        BatchDeleteImageRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.BatchDeleteImage, request, cancellationToken);

    public virtual Task<BatchGetImageResponse> BatchGetImageAsync(
        BatchGetImageRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.BatchGetImage, request, cancellationToken);

    public virtual Task<DescribeImagesResponse> DescribeImagesAsync(
        DescribeImagesRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.DescribeImages, request, cancellationToken);

    public virtual Task<DescribeRepositoriesResponse> DescribeRepositoriesAsync(
        DescribeRepositoriesRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.DescribeRepositories, request, cancellationToken);

    public virtual Task<GetAccountSettingResponse> GetAccountSettingAsync(
        GetAccountSettingRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.GetAccountSetting, request, cancellationToken);

    public virtual Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.ListTagsForResource, request, cancellationToken);
}
