using System.Globalization;

namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenManyCallAtOnce : RegistryTest
{
    [Fact]
    public async Task Nothing_is_lost_and_each_push_sends_its_event()
    {
        var events = 0;
        var registry = new LocalRegistry(new(), Clock);
        registry.CreateRepository("many");
        registry.Subscribe(happened => Interlocked.Add(ref events, happened.ActionType == "PUSH" ? 1 : 0));

        await Parallel.ForAsync(
            0,
            500,
            async (i, cancellationToken) =>
            {
                var image = ManifestFactory.Image(i.ToString(CultureInfo.InvariantCulture));
                await registry.SendAsync(image.Put("many", "latest"), cancellationToken);
                await registry.SendAsync(new DescribeImagesCall { RepositoryName = "many", MaxResults = 1000 }, cancellationToken);
                if (i % 2 == 0)
                {
                    await registry.SendAsync(
                        new BatchDeleteImageCall { RepositoryName = "many", ImageIds = [EcrImageId.Digest(image.Digest)] },
                        cancellationToken);
                }
            });

        registry.Images("many").Count.ShouldBe(250);
        registry.Calls.Count("PutImage").ShouldBe(500);
        events.ShouldBe(500);
    }
}
