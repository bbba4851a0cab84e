using PushPruner.Ports;

namespace PushPruner.Tests.Given;

/// <summary>ECR that says of one manifest, when it is asked for it, neither that it is there nor that it is gone.</summary>
sealed class SilentAbout(IRegistry inner, Digest about) : RegistryDecorator(inner)
{
    public override async Task<Description> DescribeAsync(
        string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
    {
        var answer = await Inner.DescribeAsync(repository, digests, cancellationToken);
        return digests.Contains(about)
            ? new Description([.. answer.Found.Where(m => m.Digest != about)], answer.Gone, IsComplete: false)
            : answer;
    }
}
