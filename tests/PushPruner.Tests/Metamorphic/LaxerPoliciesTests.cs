using CsCheck;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Metamorphic;

/// <summary>The same history under two policies: what the laxer one deletes until its end the stricter one has deleted too.</summary>
public class LaxerPoliciesTests
{
    static readonly Gen<Happening[]> SomeHistory = Happening.Some.Array[1, 50];

    static readonly RetentionPolicy Strict = new()
    {
        KeepNewest = 2, KeepFor = TimeSpan.FromDays(7), ProtectTags = WildcardSet.Of("latest"),
    };

    [Fact]
    public Task A_larger_N_never_deletes_more() =>
        CompareAsync(Gen.Int[0, 5], (policy, more) => policy with { KeepNewest = policy.KeepNewest + more });

    [Fact]
    public Task A_larger_X_never_deletes_more() =>
        CompareAsync(Gen.Int[0, 300], (policy, hours) => policy with { KeepFor = policy.KeepFor + TimeSpan.FromHours(hours) });

    [Fact]
    public Task One_more_protect_pattern_never_deletes_more() =>
        CompareAsync(
            Pick.Of("v*", "r1*", "*3", "p?", "sha256-*", "nothing"),
            (policy, pattern) => policy with { ProtectTags = policy.ProtectTags.Plus(WildcardSet.Of(pattern)) }
        );

    static async Task CompareAsync<T>(Gen<T> much, Func<RetentionPolicy, T, RetentionPolicy> relax)
    {
        var deleted = 0;
        var spared = 0;
        await Gen.Select(SomeHistory, much).SampleAsync(
            async (history, more) =>
            {
                var strict = await DeletedAsync(history, Strict);
                var lax = await DeletedAsync(history, relax(Strict, more));

                lax.Except(strict, StringComparer.Ordinal).ShouldBeEmpty();
                Interlocked.Add(ref deleted, lax.Count);
                Interlocked.Add(ref spared, strict.Count - lax.Count);
            },
            iter: 400,
            print: input => $"{input.Item2}: {string.Join(", ", input.Item1.AsEnumerable())}");

        deleted.ShouldBeGreaterThan(100, "the laxer policy deletes as well");
        spared.ShouldBeGreaterThan(100, "the laxer policy is laxer");
    }

    // Every digest that was there and went, until a last push and a reconcile.
    static async Task<IReadOnlySet<string>> DeletedAsync(Happening[] history, RetentionPolicy policy)
    {
        var scenario = new PushScenario(new Settings { Policy = policy });
        await scenario.KnowsTheRepositoryAsync();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (happening, n) in history.Append(new(Happening.What.Push, 0)).Select((h, n) => (h, n)))
        {
            foreach (var evt in happening.HappenIn(scenario, n))
                await NoteAsync(() => scenario.HandleAsync(evt));
        }

        await NoteAsync(() => scenario.ReconcileAsync());
        return gone;

        async Task NoteAsync(Func<Task> runAsync)
        {
            var before = Digests().ToList();
            await runAsync();
            gone.UnionWith(before.Except(Digests(), StringComparer.Ordinal));
        }

        IEnumerable<string> Digests() => scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest);
    }
}
