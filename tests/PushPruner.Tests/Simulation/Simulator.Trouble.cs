using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

// What goes wrong with ECR's reads and deletes.
sealed partial class Simulator
{
    static readonly string[] Reads = ["DescribeImages", "BatchGetImage"];

    // The product can't know of a push without its event while reads lag: they lag for less. Nor do they hide for hours what was pushed
    // before the clock was set back.
    TimeSpan UnheardFor()
    {
        var unheard = onTheirWay.Select(evt => evt.At).Append(eventsReceived.UnheardAt).Append(setBackFrom ?? default).Max();
        var now = scenario.Clock.GetUtcNow();
        return unheard == DateTimeOffset.MinValue ? TimeSpan.FromDays(1) : now - unheard;
    }

    async Task DeliverLaggingAsync(Step step)
    {
        var evt = onTheirWay[step.Pick % onTheirWay.Count];
        onTheirWay.Remove(evt);
        await LaggingAsync(step, UnheardFor(), () => HandleAsync(evt));
    }

    async Task LaggingAsync(Step step, TimeSpan most, Func<Task> runAsync)
    {
        var by = TimeSpan.FromSeconds(1 + (step.Pick % 100));
        if (by >= most)
            by = most - TimeSpan.FromMilliseconds(1);
        if (by <= TimeSpan.Zero)
        {
            await RunAndDieAsync(runAsync);
            return;
        }

        hasLagged = true;
        // Some reads lag, others are up to date.
        var calls = step.Pick;
        var lag = step.Pick % 2 == 0 ? Fault.Lag(by) : Fault.LagOfTags(by);
        scenario.Ecr.Faults.OnCall(call => !Reads.Contains(call.Operation) || calls++ % 3 == 0 ? null : lag);
        await RunAndDieAsync(runAsync);
        scenario.Ecr.Faults.Clear();
    }

    // The event is delivered again later: its run says that there is no repository.
    async Task MissRepositoryAsync(Step step)
    {
        string[] operations = [.. Reads, "ListTagsForResource"];
        var evt = onTheirWay[step.Pick % onTheirWay.Count];
        scenario.Ecr.Faults.MissRepositoryOfNext(operations[step.Pick % operations.Length]);
        await RunAndDieAsync(() => WatchedAsync(evt.Digest, () => scenario.HandleAsync(broken.Event(evt))));
        scenario.Ecr.Faults.Clear();
    }

    // A build that gives the same bytes each time.
    async Task PushAgainAmidDeleteAsync(Step step)
    {
        var evt = onTheirWay[step.Pick % onTheirWay.Count];
        IReadOnlyList<RegistryImage>? there = null;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (there is null && call.Operation == "BatchDeleteImage")
            {
                there = scenario.Ecr.Images(PushScenario.App);
                return Fault.LostConnection.AfterEffect();
            }

            if (there is not null)
            {
                scenario.Ecr.Faults.Clear();
                MeanwhileInRun(() => PushAgain(there));
            }

            return null;
        });
        await RunAndDieAsync(() => HandleAsync(evt));
        scenario.Ecr.Faults.Clear();
    }

    void PushAgain(IEnumerable<RegistryImage> there)
    {
        var left = scenario.Ecr.Images(PushScenario.App).Select(i => i.Digest).ToHashSet(StringComparer.Ordinal);
        foreach (var image in there.Where(i => i.IsTagged && IsPlayable(i) && !left.Contains(i.Digest)))
        {
            foreach (var tag in image.Tags)
                Put(relations.Contents[image.Digest], tag);
        }
    }

    async Task ProtectPartAmidDeleteAsync(Step step)
    {
        var evt = onTheirWay[step.Pick % onTheirWay.Count];
        Snapshot? there = null;
        scenario.Ecr.Faults.OnCall(call =>
        {
            if (there is null && call.Operation == "BatchDeleteImage")
            {
                there = new Snapshot(relations, scenario.Ecr.Images(PushScenario.App));
                scenario.Clock.Advance(TimeSpan.FromSeconds(5));
            }
            else if (there is not null)
            {
                scenario.Ecr.Faults.Clear();
                MeanwhileInRun(() => ProtectPart(there));
            }

            return null;
        });
        await RunAndDieAsync(() => HandleAsync(evt));
        scenario.Ecr.Faults.Clear();
    }

    // A platform. What has a tag is not read: a tagged attestation would be taken for an image, as ECR says it is.
    void ProtectPart(Snapshot there)
    {
        var now = new Snapshot(relations, scenario.Ecr.Images(PushScenario.App));
        var part = now.Images.FirstOrDefault(
            i => !i.IsTagged && relations.Contents.KindOf(i.Digest) == ContentKind.Image && there.OwnersOf(i).Any() && now.IsRoot(i));
        if (part is not null)
            PutUnheard(part.Digest, $"prod-{++tags}");
    }

    // What was there right before somebody steps in is compared with what is there right after apart from the rest.
    void MeanwhileInRun(Action act)
    {
        checker.Compare(scenario.Clock.GetUtcNow());
        act();
        checker.Look();
    }
}
