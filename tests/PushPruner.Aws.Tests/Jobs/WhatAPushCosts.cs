using System.Globalization;
using Amazon.ECR;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Aws.Dynamo;
using PushPruner.Aws.Ecr;
using PushPruner.Aws.Tests.Dynamo;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Aws.Tests.Jobs;

/// <summary>
/// The whole push, on ECR's API and a real DynamoDB server: the same calls and units however many images the repository holds, and however
/// many old ones are protected. The large repository is as large as <c>PUSHPRUNER_LARGE_REPOSITORY</c> says, 20,000 by default.
/// </summary>
public sealed class WhatAPushCosts(DynamoDbFixture dynamo)
{
    const int ProtectedAndOld = 5_000;

    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    static int Large => int.Parse(Environment.GetEnvironmentVariable("PUSHPRUNER_LARGE_REPOSITORY") ?? "20000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Is_the_same_at_100_and_at_20000_images_with_an_N_of_10_and_of_1000()
    {
        await using var small = await SetAsync("costs/small", young: 100, protectedAndOld: 0);
        await using var large = await SetAsync("costs/large", young: Large, ProtectedAndOld);

        foreach (var n in (int[])[10, 1_000])
        {
            var few = await small.PushAsync(n, Outcome.NothingExpired);
            var many = await large.PushAsync(n, Outcome.NothingExpired);

            few.Ecr.ShouldBe("DescribeImages 1");
            few.Index.Calls.ShouldBe(3);
            many.ShouldBe(few);
        }

        // One image of each gets past X; those that outrank it are young, so the window is asked for now.
        small.Clock.Advance(TimeSpan.FromDays(2));
        large.Clock.Advance(TimeSpan.FromDays(2));
        var one = await small.PushAsync(10, Outcome.Pruned);
        var same = await large.PushAsync(10, Outcome.Pruned);

        one.Ecr.ShouldBe("BatchDeleteImage 1, DescribeImages 2, ListTagsForResource 1");
        one.Index.Calls.ShouldBe(7);
        same.ShouldBe(one);
        TestContext.Current.TestOutputHelper?.WriteLine($"quiet push: see below; one expired: {one}");
    }

    async Task<Repository> SetAsync(string name, int young, int protectedAndOld)
    {
        var clock = new SettableClock(Noon);
        var local = new LocalRegistry(new LocalRegistryOptions(), clock);
        local.Seed(name, Enumerable.Range(0, young).Select(n => Image(n, 1, $"young-{n}")));
        local.Seed(name, Enumerable.Range(0, protectedAndOld).Select(n => Image(1_000_000 + n, 200, $"release-{n}")));
        local.Seed(name, [Image(2_000_000, 29, "nearly")]);
        var server = await LocalAwsServer.StartAsync(local);
        var repository = new Repository(name, clock, local, server, dynamo);
        await repository.PushAsync(10, Outcome.NothingExpired);
        return repository;
    }

    // Their times differ by milliseconds: few ties, and all on the same side of X.
    static SeededImage Image(int number, double daysOld, string tag) => new()
    {
        Digest = $"sha256:{number:x64}",
        Tags = [tag],
        PushedAt = Noon.AddDays(-daysOld).AddMilliseconds(number % 100_000),
        SizeInBytes = 1_000,
        MediaType = MediaTypes.OciManifest,
    };

    sealed record Cost(string Ecr, Consumption Index);

    sealed class Repository(string name, SettableClock clock, LocalRegistry local, LocalAwsServer server, DynamoDbFixture dynamo) : IAsyncDisposable
    {
        int pushes;

        public SettableClock Clock => clock;

        public async Task<Cost> PushAsync(int keepNewest, string outcome)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            var pushed = local.PutImage(ManifestFactory.Image($"{name}/{++pushes}").Put(name, $"push-{pushes}"));
            local.Calls.Clear();

            using var client = new CountingClient(dynamo.Server);
            using var ecr = new AmazonECRClient(new BasicAWSCredentials("test", "test"), new AmazonECRConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = "us-east-1" });
            var job = new PushJob(
                new EcrRegistry(ecr, new RegistryHome("aws", "us-east-1", "123456789012")),
                new DynamoIndex(client, DynamoDbFixture.Table, TimeProvider.System),
                new Settings { Policy = new RetentionPolicy { KeepNewest = keepNewest, ProtectTags = WildcardSet.Of("release-*") } },
                clock,
                NullLogger.Instance);
            var push = new ImagePush(name, Digest.Parse(pushed.Digest), $"push-{pushes}", clock.GetUtcNow());

            var result = await job.RunAsync(push, new Invocation("r", clock.GetUtcNow().AddMinutes(15)), TestContext.Current.CancellationToken);

            result.Outcome.ShouldBe(outcome, result.Why);
            return new Cost(local.Calls.ToString(), client.Consumed);
        }

        public async ValueTask DisposeAsync() => await server.DisposeAsync();
    }
}
