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

    public virtual Task<CreateRepositoryResponse> CreateRepositoryAsync(
        CreateRepositoryRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.CreateRepository, request, cancellationToken);

    public virtual Task<DescribeImagesResponse> DescribeImagesAsync(
        DescribeImagesRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.DescribeImages, request, cancellationToken);

    public virtual Task<DescribeRepositoriesResponse> DescribeRepositoriesAsync(
        DescribeRepositoriesRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.DescribeRepositories, request, cancellationToken);

    public virtual Task<GetAccountSettingResponse> GetAccountSettingAsync(
        GetAccountSettingRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.GetAccountSetting, request, cancellationToken);

    public virtual Task<ListImagesResponse> ListImagesAsync(ListImagesRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.ListImages, request, cancellationToken);

    public virtual Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.ListTagsForResource, request, cancellationToken);

    public virtual Task<PutImageResponse> PutImageAsync(PutImageRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.PutImage, request, cancellationToken);

    public virtual Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        Call(EcrOperations.TagResource, request, cancellationToken);
}
