namespace Amazon.ECR.Model;

public interface IECRPaginatorFactory
{
    IDescribeImagesPaginator DescribeImages(DescribeImagesRequest request);

    IDescribeRepositoriesPaginator DescribeRepositories(DescribeRepositoriesRequest request);

    IListImagesPaginator ListImages(ListImagesRequest request);
}
