using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Recording;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>Lets a history happen, with the real jobs between the events and the registry.</summary>
sealed partial class Simulator
{
    static readonly RetentionPolicy Rule =
        new() { KeepNewest = 3, KeepFor = TimeSpan.FromDays(10), ProtectTags = WildcardSet.Of("latest", "prod-*") };

    readonly RetentionPolicy policy;
    readonly Relations relations = new();
    readonly EventsReceived eventsReceived = new();
    readonly PairDelete pairDelete;
    readonly BrokenStep broken;
    readonly PushScenario scenario;
    readonly GatedRuns runs;
    readonly InvariantChecker checker;
    readonly List<RegistryEvent> onTheirWay = [];
    int tags;
    bool refusesSome;
    DateTimeOffset? setBackFrom;
    bool hasLagged;

    /// <param name="maxDeletes">More than this no run may delete.</param>
    /// <param name="broken">A safety step of the product that is switched off; null plays it as it is.</param>
    /// <param name="keepFor">X; null for ten days.</param>
    public Simulator(PairDelete pairDelete, int maxDeletes = 500, BrokenStep? broken = null, TimeSpan? keepFor = null)
    {
        this.pairDelete = pairDelete;
        this.broken = broken ?? new BrokenStep();
        policy = Rule with { KeepFor = keepFor ?? Rule.KeepFor };
        var settings = new Settings { Policy = policy, MaxDeletes = maxDeletes };
        scenario = new PushScenario(this.broken.Settings(settings), new LocalRegistryOptions { PairDelete = pairDelete })
        {
            RegistrySeen = registry => refusesSome ? new RefusingSome(this.broken.Registry(registry)) : this.broken.Registry(registry),
            IndexSeen = this.broken.Index,
            ClockSeen = this.broken.Clock,
        };
        runs = new GatedRuns(scenario, () => checker!, this.broken);
        checker = new InvariantChecker(scenario.Ecr, relations, settings, tag => policy.ProtectTags.FirstMatch(tag) is not null)
        {
            Hearsay = eventsReceived,
        };
    }

    public IReadOnlyList<string> Violations => checker.Violations;

    public async Task PlayAsync(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            // Time never stands still, so that no two pushes are at the same instant unless the clock of ECR says so.
            scenario.Clock.Advance(TimeSpan.FromMilliseconds(step.Pick % 2));
            await PlayAsync(step);
        }
    }

    /// <summary>Everything arrives, X passes, and CI pushes on: then only what the rule keeps may be left.</summary>
    /// <param name="isIndexLost">Whether the index is lost at last, so that the next push lists the repository.</param>
    public async Task SettleAsync(bool isIndexLost)
    {
        while (staged.Count > 0)
            PushStagedList(0);
        while (onTheirWay.Count > 0)
            await DeliverAsync(0);
        if (isIndexLost)
            scenario.IndexIsWiped();
        // A tag that ECR's reads showed late is taken for a promotion when it is seen first, and keeps its image for X once more.
        for (var round = hasLagged && !isIndexLost ? 0 : 1; round < 2; round++)
            await PushOnAsync();

        string[] kinds = [ContentKind.Image, ManifestMediaTypes.BuildCacheConfig, ManifestMediaTypes.HelmConfig];
        var left = checker.Left(isListed: isIndexLost);
        var kept = checker.NewestAndProtected(kinds);
        if (!left.SetEquals(kept))
        {
            var odd = left.Except(kept, StringComparer.Ordinal).ToList();
            var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values
                .Where(r => odd.Exists(name => name.EndsWith($"@{r.Digest.Value[7..13]}", StringComparison.Ordinal)));
            checker.Violations.Add(
                $"L1: left are {string.Join(' ', left)}, and the rule keeps {string.Join(' ', kept)}; "
                + $"the index has {string.Join("; ", rows)}");
        }
    }

    async Task PushOnAsync()
    {
        scenario.Clock.Advance(policy.KeepFor + TimeSpan.FromDays(2));
        for (var n = 0; n < policy.KeepNewest; n++)
        {
            scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            Push($"last-{n}");
            PushCache();
            PushChart($"last-chart-{n}");
            while (onTheirWay.Count > 0)
                await DeliverAsync(0);
        }
    }

    /// <summary>
    /// No event arrives any more, X passes, and the reconcile comes by: then only what the rule keeps may be left, and nothing is to be
    /// done. What it learns of late, as of then, keeps an image for X once more.
    /// </summary>
    public async Task SettleByReconcileAsync()
    {
        onTheirWay.Clear();
        for (var n = 0; n < 2; n++)
        {
            scenario.Clock.Advance(policy.KeepFor + TimeSpan.FromDays(2));
            await ReconcileAsync();
        }

        // An archived referrer outlives its subject: only the listing after that delete notes for whom it is kept.
        if (scenario.Ecr.Images(PushScenario.App).Any(i => i.Status != "ACTIVE" && relations.IsReferrer(i)))
            await ReconcileAsync();

        var left = checker.Left(isListed: true);
        if (!left.IsSubsetOf(checker.KeptAtMost()))
            checker.Violations.Add($"L2: left are {string.Join(' ', left)}, and the rule keeps {string.Join(' ', checker.KeptAtMost())}");

        scenario.ClearCounters();
        var rows = (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows;
        scenario.Index.Clear();
        var again = await scenario.ReconcileAsync();
        var writes = scenario.Index.Calls.Where(c => c is not ("read" or "read all" or "find tombstones")).ToList();
        if (again.Drift != Drift.None || writes.Count > 0 || again.Outcome != Outcome.NothingExpired)
        {
            checker.Violations.Add(
                $"L2: another reconcile says {again.Outcome}, {again.Drift}, and calls the index for {string.Join(", ", writes)}; "
                    + $"it writes {string.Join("; ", (await scenario.Index.ReadAllAsync(PushScenario.App, default)).Rows.Values.Except(rows.Values))}");
        }
    }

    async Task PlayAsync(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Push:
                Push($"v{++tags}");
                break;
            case StepKind.MoveLatest:
                Push("latest");
                break;
            case StepKind.PushRelease:
                PushRelease($"r{++tags}");
                break;
            case StepKind.PushCache:
                PushCache();
                break;
            case StepKind.PushChart:
                PushChart($"c{++tags}");
                break;
            case StepKind.Sign when PickRoot(step) is { } image:
                Sign(image, step.Pick);
                break;
            case StepKind.SignOldest when OldestRoot() is { } image:
                Sign(image, step.Pick);
                break;
            case StepKind.Stage:
                Stage($"r{++tags}", step.Pick);
                break;
            case StepKind.PushStagedList when staged.Count > 0:
                PushStagedList(step.Pick % staged.Count);
                break;
            case StepKind.RetagPlatform when PickPlatform(step) is { } platform:
                Tag(platform, $"x{++tags}");
                break;
            case StepKind.Promote when PickRoot(step) is { } image:
                Tag(image, $"p{++tags}");
                break;
            case StepKind.Protect when PickRoot(step) is { } image:
                Tag(image, $"prod-{++tags}");
                break;
            case StepKind.Untag when PickRoot(step) is { Tags: [var only] }:
                Push(only);
                break;
            case StepKind.Deliver when onTheirWay.Count > 0:
                await DeliverAsync(step.Pick % onTheirWay.Count);
                break;
            case StepKind.DeliverTwice when onTheirWay.Count > 0:
                onTheirWay.Add(onTheirWay[step.Pick % onTheirWay.Count]);
                break;
            case StepKind.Crash when onTheirWay.Count > 0:
                await CrashAsync(step);
                break;
            case StepKind.Throttle when onTheirWay.Count > 0:
                await ThrottleAsync(step);
                break;
            case StepKind.DeliverLagging when onTheirWay.Count > 0:
                await DeliverLaggingAsync(step);
                break;
            case StepKind.MissRepository when onTheirWay.Count > 0:
                await MissRepositoryAsync(step);
                break;
            case StepKind.PushAgainAmidDelete when onTheirWay.Count > 0:
                await PushAgainAmidDeleteAsync(step);
                break;
            case StepKind.ProtectPartAmidDelete when onTheirWay.Count > 0:
                await ProtectPartAmidDeleteAsync(step);
                break;
            case StepKind.ReconcileLagging:
                await LaggingAsync(step, UnheardFor(), ReconcileAsync);
                break;
            case StepKind.RefuseSome when onTheirWay.Count > 0:
                refusesSome = true;
                await HandleAsync(onTheirWay[step.Pick % onTheirWay.Count]);
                refusesSome = false;
                break;
            case StepKind.Days:
                scenario.Clock.Advance(TimeSpan.FromDays(step.Pick % 12));
                break;
            case StepKind.Hours:
                scenario.Clock.Advance(TimeSpan.FromHours(step.Pick % 24));
                break;
            case StepKind.Together:
                await TogetherAsync(step.Pick);
                break;
            case StepKind.Reconcile:
                await ReconcileAsync();
                break;
            case StepKind.ReconcileDies:
                await DieAtAsync(step.Pick % 40, ReconcileAsync);
                break;
            case StepKind.ReconcileAmidPush:
                await ReconcileAmidAsync(step, _ => true, () =>
                {
                    Push($"v{++tags}");
                    scenario.HandleAsync(onTheirWay[^1]).GetAwaiter().GetResult();
                    onTheirWay.RemoveAt(onTheirWay.Count - 1);
                });
                break;
            case StepKind.ReconcileAmidProtect when (step.Pick % 2 == 0 ? OldestRoot() : PickRoot(step)) is { } image:
                await ReconcileAmidAsync(step, call => call.Operation != "BatchDeleteImage" || IsDeletedByPairs(image.Digest), () =>
                {
                    if (scenario.Ecr.Images(PushScenario.App).Any(i => i.Digest == image.Digest))
                        PutUnheard(image.Digest, $"prod-{++tags}");
                });
                break;
            case StepKind.Lose when onTheirWay.Count > 0:
                var lost = onTheirWay[step.Pick % onTheirWay.Count];
                onTheirWay.Remove(lost);
                eventsReceived.Lose(lost.Digest, scenario.Clock.GetUtcNow());
                break;
            case StepKind.ClockSetBack when setBackFrom is null:
                setBackFrom = scenario.Clock.GetUtcNow();
                scenario.Clock.SetUtcNow(scenario.Clock.GetUtcNow().AddHours(-(step.Pick % 20)));
                break;
            case StepKind.Wipe:
                scenario.IndexIsWiped();
                eventsReceived.Forget(scenario.Clock.GetUtcNow());
                break;
            case StepKind.DeleteKinByHand when PickKin(step) is { } kin:
                scenario.Ecr.Expire(PushScenario.App, kin.Digest);
                break;
            case StepKind.DeleteByHand when PickImage(step) is { } image:
                scenario.Ecr.Expire(PushScenario.App, image.Digest);
                break;
            // What an archived index names can't be read, and stops every proof: played by tests of their own.
            case StepKind.Archive when PickImage(step) is { Status: "ACTIVE" } image && !MediaTypes.IsManifestList(image.MediaType):
                scenario.Ecr.UpdateImageStorageClass(new UpdateImageStorageClassCall
                {
                    RepositoryName = PushScenario.App, ImageId = EcrImageId.Digest(image.Digest), TargetStorageClass = "ARCHIVE",
                });
                break;
        }
    }

    async Task DeliverAsync(int index)
    {
        var evt = onTheirWay[index];
        onTheirWay.RemoveAt(index);
        await HandleAsync(evt);
    }

    // The event is delivered again later.
    Task CrashAsync(Step step)
    {
        var evt = onTheirWay[step.Pick % onTheirWay.Count];
        return DieAtAsync(step.Pick % 13, () => HandleAsync(evt));
    }

    // The run dies at the n-th call, before it takes effect.
    async Task DieAtAsync(int call, Func<Task> runAsync)
    {
        var left = call;
        scenario.Index.Before = _ => Die(ref left);
        scenario.Ecr.Faults.OnCall(_ => left-- == 0 ? Fault.LostConnection : null);
        await RunAndDieAsync(runAsync);
        scenario.Index.Before = null;
        scenario.Ecr.Faults.Clear();

        static void Die(ref int left)
        {
            if (left-- == 0)
                throw new ConnectionLostException();
        }
    }

    async Task ThrottleAsync(Step step)
    {
        string[] operations = ["DescribeImages", "ListTagsForResource", "BatchDeleteImage"];
        var operation = operations[step.Pick % operations.Length];
        if (step.Pick % 2 == 0)
            scenario.Ecr.Faults.Next(operation, step.Pick % 4 == 0 ? Fault.Throttling : Fault.ServerError);
        else
            scenario.Ecr.Faults.LoseAnswerOfNext(operation);
        await RunAndDieAsync(() => HandleAsync(onTheirWay[step.Pick % onTheirWay.Count]));
        scenario.Ecr.Faults.Clear();
    }

    static async Task RunAndDieAsync(Func<Task> runAsync)
    {
        try
        {
            await runAsync();
        }
        catch (Exception e)
            when (e
                    is ConnectionLostException
                        or EcrError
                        or DeleteUnansweredException
                        or NotVisibleYetException
                        or ContradictoryAnswerException)
        {
            // Lambda would deliver the event again: it is still on its way.
        }
    }

    async Task HandleAsync(RegistryEvent evt)
    {
        eventsReceived.Touch(evt.Digest, scenario.Clock.GetUtcNow());
        await UntilVisibleAsync(() => WatchedAsync(evt.Digest, () => scenario.HandleAsync(broken.Event(evt))));
        eventsReceived.Touch(evt.Digest, scenario.Clock.GetUtcNow());
        eventsReceived.Tell(evt.Digest);
    }

    Task ReconcileAsync() => UntilVisibleAsync(() => WatchedAsync(handled: null, () => scenario.ReconcileAsync()));

    // What was deleted right after its push, or is shown late, is tried again a minute later.
    async Task UntilVisibleAsync(Func<Task> runAsync)
    {
        while (true)
        {
            try
            {
                await runAsync();
                return;
            }
            catch (Exception e) when (e is NotVisibleYetException or ContradictoryAnswerException)
            {
                scenario.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
    }

    async Task TogetherAsync(int pick)
    {
        var gate = new StepGate(pick);
        var events = onTheirWay.Take(1 + (pick % 3)).ToList();
        onTheirWay.RemoveRange(0, events.Count);
        var again = new List<RegistryEvent>();
        var gated = events.Select(evt => (Func<Task>)(async () =>
        {
            try
            {
                await runs.HandleAsync(evt, gate);
            }
            catch (Exception e) when (e is NotVisibleYetException or ContradictoryAnswerException)
            {
                again.Add(evt);
            }
        }));
        if (pick % 4 == 0)
            gated = gated.Append(() => runs.ReconcileAsync(gate));
        await gate.PlayAsync(gated, _ => Push($"v{++tags}"));
        onTheirWay.AddRange(again);
        foreach (var evt in events)
            eventsReceived.Touch(evt.Digest, scenario.Clock.GetUtcNow());
    }

    async Task ReconcileAmidAsync(Step step, Func<RegistryCall, bool> mayBeBefore, Action act)
    {
        var left = step.Pick % 6;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (mayBeBefore(call) && left-- == 0)
            {
                scenario.Ecr.Faults.Clear();
                MeanwhileInRun(act);
            }

            return null;
        });
        await ReconcileAsync();
        scenario.Ecr.Faults.Clear();
    }

    // Between the last confirmation and the delete a window of milliseconds remains for what is deleted by digest.
    bool IsDeletedByPairs(string digest) =>
        pairDelete == PairDelete.TagOnly && scenario.Ecr.Images(PushScenario.App).Any(i => i.Digest == digest && i.IsTagged);

    async Task WatchedAsync(string? handled, Func<Task> runAsync)
    {
        checker.Begin(handled, scenario.Clock.GetUtcNow());
        try
        {
            await runAsync();
        }
        finally
        {
            checker.Compare(scenario.Clock.GetUtcNow());
        }
    }
}
