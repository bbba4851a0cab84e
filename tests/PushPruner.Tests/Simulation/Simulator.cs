using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>Lets a history happen, with the real push job between the events and the registry.</summary>
sealed class Simulator
{
    static readonly RetentionPolicy Policy = new() { KeepNewest = 3, KeepFor = TimeSpan.FromDays(10), ProtectTags = WildcardSet.Of("latest", "prod-*") };

    readonly Kinship kinship = new();
    readonly World world;
    readonly Witness witness;
    readonly List<RegistryEvent> onTheirWay = [];
    int tags;

    public Simulator(PairDelete pairDelete)
    {
        world = new World(new Settings { Policy = Policy }, new LocalRegistryOptions { PairDelete = pairDelete });
        witness = new Witness(world.Ecr, kinship, Policy.KeepNewest, Policy.KeepFor, tag => Policy.ProtectTags.FirstMatch(tag) is not null);
    }

    public IReadOnlyList<string> Violations => witness.Violations;

    public async Task PlayAsync(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            // Time never stands still, so that no two pushes are at the same instant unless the clock of ECR says so.
            world.Clock.Advance(TimeSpan.FromMilliseconds(step.Pick % 2));
            await PlayAsync(step);
        }
    }

    /// <summary>Everything arrives, X passes, and CI pushes on: then only what the rule keeps may be left.</summary>
    /// <param name="isIndexLost">Whether the index is lost at last, so that the next push lists the repository.</param>
    public async Task SettleAsync(bool isIndexLost)
    {
        while (onTheirWay.Count > 0)
            await DeliverAsync(0);
        world.Clock.Advance(Policy.KeepFor + TimeSpan.FromDays(1));
        if (isIndexLost)
            world.IndexIsWiped();
        for (var n = 0; n < 3; n++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            Push($"last-{n}");
            await DeliverAsync(0);
        }

        var left = world.Ecr.Images(World.App).Select(Witness.Name).ToHashSet(StringComparer.Ordinal);
        var kept = witness.NewestAndProtected();
        if (!left.SetEquals(kept))
            witness.Violations.Add($"L1: left are {string.Join(' ', left)}, and the rule keeps {string.Join(' ', kept)}");
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
            case StepKind.Days:
                world.Clock.Advance(TimeSpan.FromDays(step.Pick % 6));
                break;
            case StepKind.Hours:
                world.Clock.Advance(TimeSpan.FromHours(step.Pick % 24));
                break;
            case StepKind.Lose when onTheirWay.Count > 0:
                onTheirWay.RemoveAt(step.Pick % onTheirWay.Count);
                break;
            case StepKind.Wipe:
                world.IndexIsWiped();
                break;
            case StepKind.DeleteByHand when PickImage(step) is { } image:
                world.Ecr.Expire(World.App, image.Digest);
                break;
            // What an archived index names can't be read, and stops every proof: played by tests of their own.
            case StepKind.Archive when PickImage(step) is { Status: "ACTIVE" } image && !MediaTypes.IsIndex(image.MediaType):
                world.Ecr.UpdateImageStorageClass(new UpdateImageStorageClassCall
                {
                    RepositoryName = World.App, ImageId = EcrImageId.Digest(image.Digest), TargetStorageClass = "ARCHIVE",
                });
                break;
        }
    }

    RegistryImage? PickImage(Step step)
    {
        var images = world.Ecr.Images(World.App);
        return images.Count == 0 ? null : images[step.Pick % images.Count];
    }

    // The content's name is its first tag and a number, so that it can be pushed again.
    void Push(string tag)
    {
        var manifest = ManifestFactory.Image($"{tag}/{++tags}", 1_000);
        contents[manifest.Digest] = manifest;
        onTheirWay.Add(world.Ecr.PutImage(manifest.Put(World.App, tag)).Event!);
    }

    readonly Dictionary<string, LocalManifest> contents = new(StringComparer.Ordinal);

    void PushRelease(string tag)
    {
        var release = Release.Of($"{tag}/{++tags}".Replace('/', '-'));
        kinship.Add(release);
        foreach (var manifest in (LocalManifest[])[.. release.Members, release.Index, release.Signature, release.Sbom])
            contents[manifest.Digest] = manifest;
        onTheirWay.AddRange(release.Puts.Select(put => world.Ecr.PutImage(put).Event!));
    }

    // A part that somebody tags before its index was seen is taken for an image: a limit that is known, and not played here.
    RegistryImage? PickRoot(Step step)
    {
        var images = world.Ecr.Images(World.App).Where(i => !kinship.IsPart(i.Digest)).ToList();
        return images.Count == 0 ? null : images[step.Pick % images.Count];
    }

    void Tag(RegistryImage image, string tag) => onTheirWay.Add(world.Ecr.PutImage(contents[image.Digest].Put(World.App, tag)).Event!);

    async Task DeliverAsync(int index)
    {
        var evt = onTheirWay[index];
        onTheirWay.RemoveAt(index);
        await HandleAsync(evt);
    }

    // The run dies at the n-th call, before it takes effect; the event is delivered again later.
    async Task CrashAsync(Step step)
    {
        var evt = onTheirWay[step.Pick % onTheirWay.Count];
        var left = step.Pick % 13;
        world.Index.Before = _ => Die(ref left);
        world.Ecr.Faults.OnCall(_ => left-- == 0 ? Fault.LostConnection : null);
        await Should.NotThrowAsync(() => HandleAndDieAsync(evt));
        world.Index.Before = null;
        world.Ecr.Faults.Clear();

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
            world.Ecr.Faults.Next(operation, Fault.Throttling);
        else
            world.Ecr.Faults.LoseAnswerOfNext(operation);
        await HandleAndDieAsync(onTheirWay[step.Pick % onTheirWay.Count]);
        world.Ecr.Faults.Clear();
    }

    async Task HandleAndDieAsync(RegistryEvent evt)
    {
        try
        {
            await HandleAsync(evt);
        }
        catch (Exception e) when (e is ConnectionLostException or EcrError)
        {
            // Lambda would deliver the event again: it is still on its way.
        }
    }

    async Task HandleAsync(RegistryEvent evt)
    {
        witness.Handled = evt.Digest;
        witness.Look();
        try
        {
            await world.HandleAsync(evt);
        }
        finally
        {
            witness.Compare(world.Clock.GetUtcNow());
        }
    }
}
