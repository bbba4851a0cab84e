using CsCheck;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Model;

/// <summary>The real job, on a registry and an index in memory, in the model's situation.</summary>
sealed class RealPushes
{
    static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    readonly PushScenario scenario = new(
        new Settings
        {
            Policy = new RetentionPolicy
            {
                KeepNewest = 1, KeepFor = Keep, ProtectTags = WildcardSet.Of("stable"),
            },
        });
    readonly Dictionary<Images, RegistryEvent> events = [];

    public RealPushes()
    {
        WasPushed(Images.First, daysAgo: 20, "stable");
        WasPushed(Images.Second, daysAgo: 10);
        scenario.KnowsTheRepositoryAsync().GetAwaiter().GetResult();
    }

    Images Live => ImageSets.Each.Where(image => IsTagged(TagOf(image))).Aggregate(Images.None, (all, image) => all | image);

    /// <summary>Lets the same happen to the real thing.</summary>
    /// <returns>What it has otherwise than the model; null when nothing.</returns>
    public string? Follow(Transition<PushState> step)
    {
        Images image = Enum.TryParse(step.Arg, out Images named) ? named : Images.Third;
        switch (step.Action)
        {
            case "handled":
                scenario.HandleAsync(events[image]).GetAwaiter().GetResult();
                break;
            case "CI pushes":
                events[image] = scenario.Pushed(TagOf(image));
                break;
            case "protecting tag is deleted":
                scenario.Ecr.BatchDeleteImage(
                    new BatchDeleteImageCall { RepositoryName = PushScenario.App, ImageIds = [EcrImageId.Tag("stable")] }
                );
                // Until then that ECR's answer lacks it is not believed.
                scenario.Clock.Advance(TimeSpan.FromMinutes(3));
                break;
            case "deleted by hand":
                scenario.DeletedByHand(TagOf(image));
                // Until then that ECR doesn't find it is not believed.
                scenario.Clock.Advance(TimeSpan.FromMinutes(3));
                break;
            case "index is wiped":
                scenario.IndexIsWiped();
                break;
            case "time passes":
                Outlive((step.After.Old & ~step.Before.Old).Newest());
                break;
            default:
                break;
        }

        return Live == step.After.Live && IsTagged("stable") == (step.After.Protected != Images.None) ? null : $"ECR has {Live}";
    }

    // X days and a second after its push; the others were pushed days later or before.
    void Outlive(Images image)
    {
        var end = events[image].At + Keep + TimeSpan.FromSeconds(1);
        if (end > scenario.Clock.GetUtcNow())
            scenario.Clock.SetUtcNow(end);
    }

    void WasPushed(Images image, double daysAgo, params string[] tags)
    {
        var digest = scenario.HasImage(TagOf(image), daysAgo, seeded => seeded with { Tags = [TagOf(image), .. tags] });
        events[image] = new RegistryEvent
        {
            Id = "e",
            DetailType = "",
            ActionType = "PUSH",
            Repository = PushScenario.App,
            Digest = digest.Value,
            Tag = TagOf(image),
            At = PushScenario.Noon.AddDays(-daysAgo),
            Json = "",
        };
    }

    bool IsTagged(string tag) => scenario.Ecr.Images(PushScenario.App).Any(i => i.Tags.Contains(tag));

    static string TagOf(Images image) => $"{image}";
}
