using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using PushPruner.Cli.Tests.Report;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Rules;

namespace PushPruner.Cli.Tests.Simulate;

/// <summary>
/// Random histories in which tags move on and images are pushed again, given to the command as a file; beside it the rule itself is asked
/// after each push and each Friday night.
/// </summary>
public sealed class HistoriesAgainstTheRuleTests : IDisposable
{
    const string App = "team/app";
    const int Days = 60;

    static readonly DateTimeOffset Begun = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset At = Begun.AddDays(Days);
    static readonly string[] Moving = ["", "latest", "dev", "stable-1"];
    static readonly WildcardSet Protected = WildcardSet.Of("latest", "stable-*");

    static readonly Gen<Pushed[]> Histories =
        from pushes in Gen.Select(Gen.Int[0, (Days * 24 * 60) - 1], Gen.Int[0, 11], Gen.Int[0, Moving.Length - 1]).Array[1, 25]
        select pushes
            .DistinctBy(p => p.Item1)
            .OrderBy(p => p.Item1)
            .Select(p => new Pushed(Begun.AddMinutes(p.Item1), p.Item2, Moving[p.Item3]))
            .ToArray();

    static readonly Gen<(Pushed[] History, int Newest, int Days)> Cases = Gen.Select(Histories, Gen.Int[1, 5], Gen.Int[0, 20]);

    readonly TemporaryHistories files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public Task As_each_day_ends_there_is_what_the_rule_left() => Cases.SampleAsync(
        async given =>
        {
            var course = await SimulatedAsync(given.History, given.Newest, given.Days);
            var (days, deleted) = Played(
                given.History,
                new RetentionPolicy
                {
                    KeepNewest = given.Newest, KeepFor = TimeSpan.FromDays(given.Days), ProtectTags = Protected,
                });

            var told = $"newest {given.Newest}, {given.Days} days: {Shown(given.History)}";
            foreach (var (day, so) in days)
                On(course, day).ShouldBe(so, $"{day:yyyy-MM-dd}, {told}");
            course["deleted"]!.GetValue<int>().ShouldBe(deleted, told);
        },
        iter: 300,
        print: given => Shown(given.History));

    async Task<JsonNode> SimulatedAsync(Pushed[] history, int newest, int days)
    {
        var result = await Reporter.RunAsync(
            "simulate",
            "--json",
            "--history",
            await files.WriteAsync(history.Select(p => p.Line)),
            "--at",
            At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "--protect-tags",
            Protected.ToString(),
            "--keep-newest",
            newest.ToString(CultureInfo.InvariantCulture),
            "--keep-days",
            days.ToString(CultureInfo.InvariantCulture));
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Json["policies"]![1]!;
    }

    static (int Images, long Bytes) On(JsonNode course, DateOnly day)
    {
        var last = course["days"]!
            .AsArray()
            .LastOrDefault(d => DateOnly.Parse(d!["day"]!.GetValue<string>(), CultureInfo.InvariantCulture) <= day);
        return last is null ? (0, 0) : (last["images"]!.GetValue<int>(), last["bytes"]!.GetValue<long>());
    }

    static (IEnumerable<(DateOnly Day, (int Images, long Bytes) So)> Days, int Deleted) Played(Pushed[] history, RetentionPolicy policy)
    {
        var live = new Dictionary<Digest, KnownManifest>();
        var days = new SortedDictionary<DateOnly, (int, long)>();
        var deleted = 0;
        foreach (var (at, push) in Occasions(history))
        {
            if (push is not null)
                Push(live, push);
            foreach (var verdict in Retention.Decide(policy, at, live.Values, Scope.WholeRepository).Where(v => v.IsExpired))
            {
                // What is pushed again later is taken to have been there until then.
                if (history.Any(p => p.At > at && p.Digest == verdict.Digest))
                    continue;

                live.Remove(verdict.Digest);
                deleted++;
            }

            days[DateOnly.FromDateTime(at.UtcDateTime)] = (live.Count, live.Values.Sum(f => f.Manifest.OwnBytes));
        }

        return (days.Select(d => (d.Key, d.Value)), deleted);
    }

    static string Shown(Pushed[] history) => string.Join("; ", history.Select(p => p.Line));

    static void Push(Dictionary<Digest, KnownManifest> live, Pushed push)
    {
        foreach (var (digest, fact) in live.ToList())
            live[digest] = fact with { Manifest = fact.Manifest with { Tags = [.. fact.Manifest.Tags.Except(push.Tags)] } };
        live[push.Digest] = live.TryGetValue(push.Digest, out var there)
            ? new KnownManifest(
                there.Manifest with
                {
                    Tags = [.. there.Manifest.Tags.Union(push.Tags)],
                },
                there.History with
                {
                    PromotedAt = push.At,
                })
            : new KnownManifest(
                new Manifest
                {
                    Digest = push.Digest, Tags = push.Tags, PushedAt = push.At, Bytes = push.Bytes, MediaType = MediaTypes.OciManifest,
                },
                new ManifestHistory { ProvenFor = push.At }
            );
    }

    static IEnumerable<(DateTimeOffset At, Pushed? Push)> Occasions(Pushed[] history)
    {
        // A Friday.
        var first = new DateTimeOffset(2026, 3, 6, 22, 0, 0, TimeSpan.Zero);
        var nights = Enumerable.Range(0, Days / 7).Select(week => (At: first.AddDays(7 * week), Push: (Pushed?)null));
        // Of the same instant the push comes first: what it pushes again is there then.
        return history.Select(p => (p.At, Push: (Pushed?)p)).Concat(nights).OrderBy(o => o.At);
    }

    /// <summary>One of a few images under a tag of its own, and one that moves on.</summary>
    sealed record Pushed(DateTimeOffset At, int Image, string Moving)
    {
        public int Bytes => 1_000 + Image;

        public Digest Digest => Digest.Parse(ManifestFactory.Image($"image {Image}", Bytes).Digest);

        public IReadOnlyList<string> Tags => Moving.Length == 0 ? [$"v{Image}"] : [$"v{Image}", Moving];

        public string Line => JsonSerializer.Serialize(
            new
            {
                at = At, repository = App, image = $"image {Image}", tags = Tags, bytes = Bytes,
            });
    }
}
