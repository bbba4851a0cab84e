namespace PushPruner.LocalAws;

// The operations by their names, for callers in process. Each is the same as Send with its call.
public sealed partial class LocalRegistry
{
    public RepositoryDetail CreateRepository(string name) =>
        CreateRepository(new CreateRepositoryCall { RepositoryName = name }).Repository;

    public RepositoryAnswer CreateRepository(CreateRepositoryCall call) => Send(call);

    public RepositoryAnswer DeleteRepository(DeleteRepositoryCall call) => Send(call);

    public DescribeRepositoriesAnswer DescribeRepositories(DescribeRepositoriesCall call) => Send(call);

    public PutImageAnswer PutImage(PutImageCall call) => Send(call);

    public DescribeImagesAnswer DescribeImages(DescribeImagesCall call) => Send(call);

    public ListImagesAnswer ListImages(ListImagesCall call) => Send(call);

    public BatchGetImageAnswer BatchGetImage(BatchGetImageCall call) => Send(call);

    public BatchDeleteImageAnswer BatchDeleteImage(BatchDeleteImageCall call) => Send(call);

    public ListTagsForResourceAnswer ListTagsForResource(ListTagsForResourceCall call) => Send(call);

    public GetAccountSettingAnswer GetAccountSetting(GetAccountSettingCall call) => Send(call);

    public EmptyAnswer TagResource(TagResourceCall call) => Send(call);

    public EmptyAnswer UntagResource(UntagResourceCall call) => Send(call);

    public UpdateImageStorageClassAnswer UpdateImageStorageClass(UpdateImageStorageClassCall call) => Send(call);
}
