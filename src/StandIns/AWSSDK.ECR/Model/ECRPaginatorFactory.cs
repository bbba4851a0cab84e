namespace Amazon.ECR.Model;

sealed class ECRPaginatorFactory(IAmazonECR client) : IECRPaginatorFactory
{
    public IDescribeImagesPaginator DescribeImages(DescribeImagesRequest request) => new DescribeImagesPaginator(client, request);

    public IDescribeRepositoriesPaginator DescribeRepositories(DescribeRepositoriesRequest request) =>
        new DescribeRepositoriesPaginator(client, request);

    public IListImagesPaginator ListImages(ListImagesRequest request) => new ListImagesPaginator(client, request);
}
