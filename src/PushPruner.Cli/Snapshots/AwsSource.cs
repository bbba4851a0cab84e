using Amazon.ECR.Model;
using PushPruner.Cli.Registries;

namespace PushPruner.Cli.Snapshots;

/// <summary>A registry at AWS, and the deployed stack's table where that is given.</summary>
sealed class AwsSource(AwsAccess aws, IReadOnlyList<string> named, RepositoryFilter filter) : ISource
{
    readonly RepositorySelection selection = new(aws, named, filter);

    public string? Title => selection.Home is { } home ? $"Registry of account {home.Account} in {home.Region}." : null;

    public RegistryPlace Place => new(selection.Home?.Account, selection.Home?.Region);

    public bool IsReadingAPull => true;

    public IReadOnlyList<string> Notes => [];

    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) => selection.NamesAsync(cancellationToken);

    public Task<IRegistry> RegistryOfAsync(string repository, CancellationToken cancellationToken) => selection.RegistryOfAsync(repository);

    public Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken) => Task.FromResult(aws.OpenIndex());

    public async Task<BlobMounting> ReadBlobMountingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await aws.Ecr.GetAccountSettingAsync(
                new GetAccountSettingRequest { Name = BlobMountingSetting.Name }, cancellationToken);
            return BlobMountingSetting.Read(answer.Value);
        }
        catch (Exception e) when (ErrorText.IsOfAws(e) && !cancellationToken.IsCancellationRequested)
        {
            // Most roles that may look at images may not look at this; the result then says that it is not known.
            return BlobMounting.Unknown;
        }
    }

    public void Dispose() => aws.Dispose();
}
