using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

// What each kind of step does.
sealed partial class Simulator
{
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
}
