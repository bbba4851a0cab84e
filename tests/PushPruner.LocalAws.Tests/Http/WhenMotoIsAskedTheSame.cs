using System.Text.Json;
using PushPruner.Testing.Programs;

namespace PushPruner.LocalAws.Tests.Http;

/// <summary>
/// The same commands to another emulator, and the same answers where it is faithful. It is not in digests, sizes, paging, filters,
/// members of indexes, moved tags and untagged deletes, so these are left out. Reading by digest it adds a tag to the answer's id.
/// </summary>
public sealed class WhenMotoIsAskedTheSame : RegistryTest, IAsyncLifetime
{
    MotoServer moto = null!;
    LocalAwsServer server = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(MotoServer.IsInstalled, MotoServer.Missing);
        Registry.DeleteRepository(new() { RepositoryName = App });
        server = await LocalAwsServer.StartAsync(Registry);
        moto = await MotoServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (moto is not null)
            await moto.DisposeAsync();
    }

    [Fact]
    public async Task Both_answer_alike()
    {
        await SameAsync("ecr", "create-repository", "--repository-name", App);
        await SameAsync("ecr", "create-repository", "--repository-name", App);
        await SameAsync(
            "ecr", "put-image", "--repository-name", App, "--image-manifest", One.Text, "--image-tag", "1.0", "--image-digest", One.Digest);
        await SameAsync("ecr", "describe-images", "--repository-name", App, "--image-ids", "imageTag=1.0");
        await SameAsync("ecr", "describe-images", "--repository-name", App, "--image-ids", "imageTag=2.0");
        await SameAsync("ecr", "list-images", "--repository-name", App);
        await SameAsync("ecr", "batch-get-image", "--repository-name", App, "--image-ids", "imageTag=1.0");
        await SameAsync("ecr", "list-tags-for-resource", "--resource-arn", "arn:aws:ecr:us-east-1:123456789012:repository/app");
        await SameAsync("ecr", "batch-delete-image", "--repository-name", App, "--image-ids", "imageTag=2.0", "imageTag=1.0");
        await SameAsync("ecr", "list-images", "--repository-name", "gone");
    }

    async Task SameAsync(params string[] arguments)
    {
        var ours = new AwsCli(server.Url).RunAsync(arguments);
        var theirs = new AwsCli(moto.Url).RunAsync(arguments);
        Comparable(await ours).ShouldBe(Comparable(await theirs), customMessage: string.Join(' ', arguments));
    }

    static string[] Comparable(AwsCli.Answer answer) => answer.ExitCode == 0
        ? [.. Leaves(JsonElement.Parse(answer.Output), "").Order(StringComparer.Ordinal)]
        : [$"{answer.ExitCode} {answer.Error.Trim()}"];

    static IEnumerable<string> Leaves(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element
            .EnumerateObject()
            .Where(property => !IsUnfaithful(property.Name))
            .SelectMany(property => Leaves(property.Value, $"{path}/{property.Name}")),
        JsonValueKind.Array => element
            .EnumerateArray()
            .SelectMany(item => Leaves(item, path + "[]"))
            .Prepend($"{path} {element.GetArrayLength()}"),
        _ => [$"{path} {element}"],
    };

    // Times are the clock's; sizes and media types moto gets from elsewhere or has not.
    static bool IsUnfaithful(string property) => property
        is "createdAt" or "imagePushedAt" or "imageSizeInBytes" or "artifactMediaType" or "imageManifestMediaType" or "imageStatus";
}
