using CsCheck;
using PushPruner.Adapters;
using PushPruner.Cli.Simulate;
using PushPruner.Cli.Storage;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Snapshots;

namespace PushPruner.Cli.Tests.Simulate;

/// <summary>The simulation works out when each image goes; here the rule itself is asked at each push and each Friday night.</summary>
public sealed class AgainstTheRuleTests
{
    const string App = "team/app";

    static readonly DateTimeOffset Begun = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset At = Begun.AddDays(60);

    static readonly Gen<Pushed[]> Histories =
        from hours in Gen.Int[0, 59 * 24].Array[1, 25]
        from protect in Gen.Bool.Array[25]
        from bytes in Gen.Int[1, 1_000].Array[25]
        from parts in Gen.Int[0, 2].Array[25]
        from charts in Gen.Bool.Array[25]
        select hours
            .Distinct()
            .Order()
            .Select(
                (hour, n) => new Pushed(n, Begun.AddHours(hour), protect[n] && n % 3 == 0, bytes[n], charts[n] ? 0 : parts[n], charts[n]))
            .ToArray();

    static readonly Gen<(Pushed[] History, int Newest, int Days)> Cases = Gen.Select(Histories, Gen.Int[1, 6], Gen.Int[0, 20]);

    [Fact]
    public void What_is_left_after_each_occasion_is_what_the_rule_leaves() => Cases.Sample(
        given =>
        {
            var policy = new RetentionPolicy
            {
                KeepNewest = given.Newest, KeepFor = TimeSpan.FromDays(given.Days), ProtectTags = WildcardSet.Of("keep-*"),
            };
            var course = Simulated(given.History, policy).Policies.Single();
            foreach (var (at, images, bytes) in Played(given.History, policy))
            {
                (ImagesAt(course, at), course.At(at)).ShouldBe(
                    (images, bytes),
                    $"{at:u}, newest {given.Newest}, {given.Days} days: {string.Join("; ", given.History.Select(p => p.ToString()))}");
            }
        },
        iter: 400);

    static Simulation Simulated(Pushed[] history, RetentionPolicy policy)
    {
        var ecr = new LocalRegistry(new LocalRegistryOptions(), new SettableClock(At));
        var facts = history.SelectMany(FactsOf).ToList();
        var index = new InMemoryIndex(new SettableClock(At));
        foreach (var fact in facts)
        {
            index
                .TryWriteAsync(
                    App,
                    new IndexRow
                    {
                        Digest = fact.Digest, Tags = fact.Manifest.Tags, PushedAt = fact.Manifest.PushedAt, History = fact.History,
                    },
                    default)
                .Wait(TestContext.Current.CancellationToken);
        }

        var registry = new ListedRegistry(facts.ConvertAll(f => f.Manifest));
        var survey = new SnapshotJob(registry, index, new Settings { Policy = policy }, new SettableClock(At))
            .RunAsync(new ReconcileRequest(App), default)
            .GetAwaiter()
            .GetResult();
        var simulator = new Simulator([new ComparedPolicy(policy.KeepNewest, policy.KeepFor)], At);
        simulator.Add(survey);
        return simulator.End();
    }

    static IEnumerable<(DateTimeOffset At, int Images, long Bytes)> Played(Pushed[] history, RetentionPolicy policy)
    {
        var live = new List<KnownManifest>();
        foreach (var (at, push) in Occasions(history))
        {
            if (push is not null)
                live.AddRange(FactsOf(push));
            var verdicts = Retention.Decide(policy, at, live, Scope.WholeRepository);
            live.RemoveAll(f => verdicts.Single(v => v.Digest == f.Digest).IsExpired);
            yield return (at, live.Count(f => f.Manifest.Tags.Count > 0), live.Sum(f => f.Manifest.OwnBytes));
        }
    }

    static IEnumerable<(DateTimeOffset At, Pushed? Push)> Occasions(Pushed[] history)
    {
        // A Friday.
        var nights = Enumerable
            .Range(0, 9)
            .Select(week => (At: new DateTimeOffset(2026, 3, 6, 22, 0, 0, TimeSpan.Zero).AddDays(7 * week), Push: (Pushed?)null));
        return nights
            .Where(n => n.At <= At && n.At >= history[0].At && !Array.Exists(history, p => p.At == n.At))
            .Concat(history.Select(p => (p.At, (Pushed?)p)))
            .OrderBy(o => o.At);
    }

    static int ImagesAt(StorageSeries course, DateTimeOffset at) => course.Points.LastOrDefault(p => p.From <= at)?.Images ?? 0;

    // An image of one platform, a chart, or an index and its members.
    static IEnumerable<KnownManifest> FactsOf(Pushed push)
    {
        var root = DigestOf(push.Number, 0);
        var members = Enumerable.Range(1, push.Parts).Select(n => DigestOf(push.Number, n)).ToList();
        yield return new KnownManifest(
            new Manifest
            {
                Digest = root,
                Tags = [push.IsProtected ? $"keep-{push.Number}" : $"{push.Number}"],
                PushedAt = push.At,
                Bytes = push.Bytes,
                MediaType = push.Parts == 0 ? MediaTypes.OciManifest : MediaTypes.OciIndex,
                ArtifactMediaType = push.IsChart ? "application/vnd.cncf.helm.config.v1+json" : null,
            },
            push.Parts == 0 ? ManifestHistory.None : new ManifestHistory { Members = new DigestSet(members), Kind = Kind.Image });
        foreach (var member in members)
        {
            yield return new KnownManifest(
                new Manifest { Digest = member, PushedAt = push.At, Bytes = push.Bytes, MediaType = MediaTypes.OciManifest },
                new ManifestHistory { Owners = DigestSet.Of(root), WasMember = true });
        }
    }

    static Digest DigestOf(int push, int part) => Digest.Parse($"sha256:{push:x32}{part:x32}");

    sealed record Pushed(int Number, DateTimeOffset At, bool IsProtected, int Bytes, int Parts, bool IsChart);
}
