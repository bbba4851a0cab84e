using Amazon.ECR.Model;

namespace Amazon.ECR.Internal;

static class EcrOperations
{
    internal static readonly EcrOperation<BatchDeleteImageRequest, BatchDeleteImageResponse> BatchDeleteImage =
        new("BatchDeleteImage", EcrJson.Default.BatchDeleteImageRequest, EcrJson.Default.BatchDeleteImageResponse);

    internal static readonly EcrOperation<BatchGetImageRequest, BatchGetImageResponse> BatchGetImage =
        new("BatchGetImage", EcrJson.Default.BatchGetImageRequest, EcrJson.Default.BatchGetImageResponse);

    internal static readonly EcrOperation<DescribeImagesRequest, DescribeImagesResponse> DescribeImages =
        new("DescribeImages", EcrJson.Default.DescribeImagesRequest, EcrJson.Default.DescribeImagesResponse);

    internal static readonly EcrOperation<DescribeRepositoriesRequest, DescribeRepositoriesResponse> DescribeRepositories =
        new("DescribeRepositories", EcrJson.Default.DescribeRepositoriesRequest, EcrJson.Default.DescribeRepositoriesResponse);

    internal static readonly EcrOperation<GetAccountSettingRequest, GetAccountSettingResponse> GetAccountSetting =
        new("GetAccountSetting", EcrJson.Default.GetAccountSettingRequest, EcrJson.Default.GetAccountSettingResponse);

    internal static readonly EcrOperation<ListTagsForResourceRequest, ListTagsForResourceResponse> ListTagsForResource =
        new("ListTagsForResource", EcrJson.Default.ListTagsForResourceRequest, EcrJson.Default.ListTagsForResourceResponse);
}
