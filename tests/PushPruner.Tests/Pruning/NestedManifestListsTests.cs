using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>An index may name indexes; what those name belongs to the whole, whether their own events came or not.</summary>
public class NestedManifestListsTests
{
    static readonly Settings One = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    readonly LocalManifest leaf = ManifestFactory.Image("leaf", 10);
    readonly LocalManifest inner;
    readonly LocalManifest middle;
    readonly LocalManifest outer;

    public NestedManifestListsTests()
    {
        inner = ManifestFactory.ManifestList(leaf);
        middle = ManifestFactory.ManifestList(inner, ManifestFactory.Image("other", 10));
        outer = ManifestFactory.ManifestList(middle);
    }

    async Task<(PushScenario World, RegistryEvent Outer)> OfWhichOnlyTheOuterIsHeardAsync()
    {
        var scenario = new PushScenario(One);
        scenario.HasImage("first", 5);
        await scenario.KnowsTheRepositoryAsync();
        foreach (var manifest in new[] { leaf, ManifestFactory.Image("other", 10), inner, middle })
            scenario.Ecr.PutImage(manifest.Put(PushScenario.App));
        return (scenario, scenario.Ecr.PutImage(outer.Put(PushScenario.App, "release")).Event!);
    }

    static async Task<IndexRow> RowAsync(PushScenario scenario, LocalManifest manifest) =>
        (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows[Digest.Parse(manifest.Digest)];

    [Fact]
    public async Task What_nested_indexes_name_is_known_from_the_outer_index_s_event_alone()
    {
        var (scenario, evt) = await OfWhichOnlyTheOuterIsHeardAsync();

        await scenario.HandleAsync(evt);

        (await RowAsync(scenario, leaf)).History.Owners.ShouldBe(DigestSet.Of(Digest.Parse(inner.Digest)));
        (await RowAsync(scenario, inner)).History.Owners.ShouldBe(DigestSet.Of(Digest.Parse(middle.Digest)));
        scenario.Ecr.Calls.Count("DescribeImages").ShouldBe(1);
        scenario.Ecr.Calls.Count("BatchGetImage").ShouldBe(3, "one for the index and one a level of nesting");
    }

    [Fact]
    public async Task A_nested_manifest_list_is_deleted_whole()
    {
        var (scenario, evt) = await OfWhichOnlyTheOuterIsHeardAsync();
        await scenario.HandleAsync(evt);
        scenario.Clock.Advance(TimeSpan.FromDays(40));

        var result = await scenario.PushAsync("new");

        result.ExpiredCount.ShouldBe(2, "the release, and what was there before it");
        result.DeletedCount.ShouldBe(6);
        scenario.Images.ShouldBe(["new"]);
    }

    [Fact]
    public async Task Each_nested_manifest_list_is_read_once_whichever_event_comes_later()
    {
        var (scenario, evt) = await OfWhichOnlyTheOuterIsHeardAsync();
        await scenario.HandleAsync(evt);
        scenario.ClearCounters();

        await scenario.HandleAsync(scenario.Ecr.PutImage(middle.Put(PushScenario.App, "middle")).Event!);
        await scenario.HandleAsync(evt);

        scenario.Ecr.Calls.Count("BatchGetImage").ShouldBe(0);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("add owner")]
    public async Task A_run_that_dies_on_the_way_is_made_up_for_by_the_event_s_next_delivery(string dyingAt)
    {
        var total = int.MaxValue;
        for (var k = 1; k <= total; k++)
        {
            var (scenario, evt) = await OfWhichOnlyTheOuterIsHeardAsync();
            var calls = 0;
            scenario.Index.Before = name =>
            {
                if (name == dyingAt && ++calls == k)
                    throw new TimeoutException("died");
            };
            try
            {
                await scenario.HandleAsync(evt);
                total = calls;
            }
            catch (TimeoutException)
            {
                scenario.Index.Before = null;
                await scenario.HandleAsync(evt);
            }

            (await RowAsync(scenario, leaf)).History.Owners.ShouldBe(
                DigestSet.Of(Digest.Parse(inner.Digest)), $"after dying at {dyingAt} {k}");
            (await RowAsync(scenario, middle)).RankedAt.ShouldBeNull();
        }

        total.ShouldBeGreaterThan(1);
    }
}
