using System.Globalization;
using PushPruner.Aws.Tests.Dynamo;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Testing.Pushes;

namespace PushPruner.Aws.Tests.Jobs;

/// <summary>
/// A manifest list of 1,100 members with 1,000 tags of 300 characters: a row has room for a part of the tags. Those that are left out are
/// not taken for new ones at each look, which would count as a promotion and keep the list for ever.
/// </summary>
public sealed class ManifestListsThatFillARow(DynamoDbFixture dynamo) : IAsyncLifetime
{
    static readonly Settings Settings = new() { Policy = new RetentionPolicy { KeepNewest = 1 }, MaxDeletes = 10 };

    MeteredRepository? started;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    MeteredRepository Repository => started!;

    public async ValueTask InitializeAsync() =>
        started = await MeteredRepository.StartAsync(Sample.Repository(), dynamo.Server, DynamoDbFixture.Table, Token);

    public ValueTask DisposeAsync() => started?.DisposeAsync() ?? default;

    [Fact]
    public async Task Are_not_promoted_by_being_looked_at_and_are_deleted_when_they_expire()
    {
        var list = Digest.Parse(Seed());
        await Repository.ReconcileAsync(Settings, Token);
        (await RowAsync(list)).AreTagsCut.ShouldBeTrue();

        Repository.Clock.Advance(TimeSpan.FromDays(20));
        await Repository.HandleAsync(new ImagePush(Repository.Name, list, Tag: null, MeteredRepository.Noon), Settings, Token);
        await Repository.ReconcileAsync(Settings, Token);
        (await Repository.HandleAsync(Put.Image(Repository), Settings, Token))
            .ShouldHaveSingleItem()
            .Outcome.ShouldBe(Outcome.NothingExpired);
        (await RowAsync(list)).History.PromotedAt.ShouldBeNull();

        Repository.Clock.Advance(TimeSpan.FromDays(11));
        var result = (await Repository.HandleAsync(Put.Image(Repository), Settings, Token)).ShouldHaveSingleItem();

        (result.Outcome, result.DeletedCount, result.FailedCount).ShouldBe((Outcome.Pruned, 1_101, 0), result.Why);
        Repository.Registry.Images(Repository.Name).Count.ShouldBe(2);
    }

    string Seed()
    {
        var members = Enumerable
            .Range(0, 1_100)
            .Select(n => ManifestFactory.Image($"member-{n.ToString(CultureInfo.InvariantCulture)}"))
            .ToList();
        var tags = Enumerable.Range(0, 1_000).Select(n => n.ToString("d4", CultureInfo.InvariantCulture).PadRight(300, '_')).ToList();
        Repository.Registry.Seed(Repository.Name, members.Select(m => m.At(MeteredRepository.Noon)));
        return Repository.Registry.Seed(Repository.Name, ManifestFactory.ManifestList(members).At(MeteredRepository.Noon, tags));
    }

    async Task<IndexRow> RowAsync(Digest digest) =>
        (await Repository.Index().ReadRowsAsync(Repository.Name, [digest], Token)).Values.ShouldHaveSingleItem();
}
