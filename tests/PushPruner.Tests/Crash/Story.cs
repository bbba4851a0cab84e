using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Tests.Given;
using PushPruner.Tests.Simulation;

namespace PushPruner.Tests.Crash;

/// <summary>A world in which a few runs are about to happen, each of which may die and be asked for again.</summary>
sealed record Story(PushScenario World, Relations Kinship, IReadOnlyList<Run> Runs)
{
    static readonly Settings TwoNewest = new() { Policy = new RetentionPolicy { KeepNewest = 2, ProtectTags = WildcardSet.Of("latest") } };

    /// <summary>By name, so that a test that fails says which.</summary>
    public static IReadOnlyDictionary<string, Func<Task<Story>>> All { get; } =
        new Dictionary<string, Func<Task<Story>>>(StringComparer.Ordinal)
    {
        ["a single image expires"] = () => KnownAsync(TwoNewest, w => w.HasImages(3, 40), w => [w.Pushed("new")]),
        ["a release with its signature and SBOM is pushed and expires another"] = () => KnownAsync(
            TwoNewest,
            w =>
            {
                Release.Of("1.0").IsIn(w.Ecr, 50);
                Release.Of("2.0").IsIn(w.Ecr, 40);
            },
            w => [.. Release.Of("3.0").Puts.Select(put => w.Ecr.PutImage(put).Event!)]),
        ["an index that shares its members expires"] = () => KnownAsync(
            TwoNewest,
            w =>
            {
                Release.Of("1.0").IsIn(w.Ecr, 50);
                var slim = ManifestFactory.ManifestList(Release.Of("1.0").Members.Take(2).ToList());
                w.Ecr.Seed(PushScenario.App, slim.At(PushScenario.Noon.AddDays(-45), "1.0-slim"));
                w.HasImages(1, 40);
            },
            w => [w.Pushed("new")]),
        ["a repository is met for the first time"] = () => MetAsync(w =>
        {
            Release.Of("1.0").IsIn(w.Ecr, 50);
            w.HasImages(3, 40);
            w.HasImage("latest", 60);
        }),
        ["a protecting tag moves"] = () => KnownAsync(
            TwoNewest,
            w =>
            {
                w.HasImages(2, 40);
                w.HasImage("latest", 60);
            },
            w => [w.Pushed("latest")]),
        ["a push is halted"] = () => KnownAsync(TwoNewest with { MaxDeletes = 1 }, w => w.HasImages(5, 40), w => [w.Pushed("new")]),
        ["ECR contradicts the index"] = () => KnownAsync(
            TwoNewest,
            w =>
            {
                w.HasImages(6, 40);
                Release.Of("1.0").IsIn(w.Ecr, 50);
            },
            w =>
            {
                w.DeletedByHand("old-6");
                w.DeletedByHand("old-2");
                w.DeletedByHand("1.0");
                w.Ecr.PutImage(ManifestFactory.Image("old-1", 1_000).Put(PushScenario.App, "latest"));
                return [w.Pushed("new"), w.Pushed("newer")];
            }),
        ["a reconcile finds what nobody told of, and left-overs"] = () => ReconciledAsync(w =>
        {
            var release = Release.Of("1.0");
            release.IsIn(w.Ecr, 50);
            return release;
        }),
    };

    /// <summary>What is to be the same as soon as the run that died was asked for again.</summary>
    public IReadOnlyList<string> Images() => [.. World.Ecr.Images(PushScenario.App).Select(i => $"{i.Digest} {string.Join('+', i.Tags)}")];

    /// <summary>
    /// All that is to be the same after the next push, which closes the books, and after a reconcile. Until that a row without places may
    /// be left of a subject that is gone, to say who refers to it should it be pushed again.
    /// </summary>
    public async Task<IReadOnlyList<string>> EndAsync(IReadOnlyCollection<Digest> everThere)
    {
        // By then nobody counts as still at it.
        World.Clock.Advance(Lease.Longest);
        await World.PushAsync("next", "next");
        var pushed = await BooksAsync(everThere, row => row.PushedAt is not null);
        await World.ReconcileAsync();
        return [.. pushed, .. (await BooksAsync(everThere, _ => true)).Select(line => $"reconciled: {line}")];
    }

    // When an index was read may differ: a reading that a crash forgot counts as somebody's use of it, which only keeps it.
    async Task<IReadOnlyList<string>> BooksAsync(IReadOnlyCollection<Digest> everThere, Func<IndexRow, bool> counts)
    {
        var contents = await World.Index.ReadAllAsync(PushScenario.App, default);
        var state = (await World.Index.ReadAsync(PushScenario.App, [], tag: null, default)).State;
        var gone = everThere.Except(World.Ecr.Images(PushScenario.App).Select(i => Digest.Parse(i.Digest))).Order().ToList();
        var buried = await World.Index.FindTombstonesAsync(PushScenario.App, gone, default);
        return
        [
            .. Images(),
            .. contents.Rows.Values
                .Where(counts)
                .OrderBy(r => r.Digest)
                .Select(r =>
                    $"row {r.Digest} {string.Join('+', r.Tags)} {r.RankedAt:o} {r.DueFrom:o} "
                        + $"{r.History with { ReadAt = null, PulledBefore = null }}"),
            .. contents.ProtectingTags.Values.OrderBy(b => b.Tag, StringComparer.Ordinal).Select(b => $"bearer {b.Tag} {b.Row.Digest}"),
            .. gone.Select(d => $"gone {d}, {(buried.ContainsKey(d) ? "with a tombstone" : "without a trace")}"),
            // A run that follows one that died finds gone what that one deleted, and takes the two for a crowd.
            $"{state! with { ContendedUntil = null, Revision = 0 }}",
        ];
    }

    static async Task<Story> KnownAsync(Settings settings, Action<PushScenario> fill, Func<PushScenario, IReadOnlyList<RegistryEvent>> act)
    {
        var scenario = new PushScenario(settings);
        fill(scenario);
        await scenario.KnowsTheRepositoryAsync();
        return Of(scenario, act(scenario));
    }

    static Task<Story> MetAsync(Action<PushScenario> fill)
    {
        var scenario = new PushScenario(TwoNewest);
        fill(scenario);
        return Task.FromResult(Of(scenario, [scenario.Pushed("new")]));
    }

    static async Task<Story> ReconciledAsync(Func<PushScenario, Release> fill)
    {
        var scenario = new PushScenario(TwoNewest);
        var release = fill(scenario);
        Release.Of("2.0").IsIn(scenario.Ecr, 48);
        scenario.HasImages(3, daysOld: 40);
        await scenario.KnowsTheRepositoryAsync();
        scenario.Ecr.Expire(PushScenario.App, release.List.Digest);
        scenario.HasImage("unseen", 70);
        scenario.HasImage("unseen too", 80, i => i with { Tags = [] });
        return Of(scenario, []) with
        {
            Runs = [new Run(null, () => scenario.ReconcileAsync()), new Run(null, () => scenario.ReconcileAsync())],
        };
    }

    static Story Of(PushScenario scenario, IEnumerable<RegistryEvent> events)
    {
        var relations = new Relations();
        foreach (var name in (string[])["1.0", "2.0", "3.0"])
            relations.Add(Release.Of(name));
        return new Story(scenario, relations, [.. events.Select(evt => new Run(evt.Digest, () => scenario.HandleAsync(evt)))]);
    }
}

/// <param name="Handled">The digest that the event names; null for a reconcile.</param>
sealed record Run(string? Handled, Func<Task> StartAsync);
