using static PushPruner.Tests.Model.TagDefect;

namespace PushPruner.Tests.Model;

enum ImageIs : byte
{
    There,
    DeletedByHand,
    Pruned,
}

enum DeleteStep : byte
{
    Idle,
    Confirmed,
    Deleting,
}

/// <summary>One run that is about to delete the image: the pairs it will name, and what of them ECR has not answered yet.</summary>
readonly record struct DeleteRun
{
    public DeleteStep Step { get; init; }

    public Tags Confirmed { get; init; }

    public Tags Left { get; init; }

    /// <summary>For S1 alone: somebody deleted the image and pushed it again since the confirmation.</summary>
    public bool IsPushedAgain { get; init; }

    public bool IsAt(DeleteStep step) => Step == step;

    /// <summary>True when the image was confirmed as untagged, so that only its digest can name it.</summary>
    public bool IsByDigest => Confirmed == Tags.None;
}

/// <summary>
/// One image that is outranked, two runs that want to delete it, and people who move, add and delete its tags, delete it, and push it
/// again, at any moment: also while ECR works through the pairs of one call.
/// </summary>
readonly record struct TagState
{
    public static readonly TagState Initial = new() { Tags = Tags.Version, Filed = Tags.Version };

    public ImageIs Image { get; init; }
    public bool IsOld { get; init; }
    public Tags Tags { get; init; }

    /// <summary>The tags in the index's row, as the last event left them.</summary>
    public Tags Filed { get; init; }

    public DeleteRun One { get; init; }
    public DeleteRun Two { get; init; }
    public TagDefect Defect { get; init; }

    public bool IsThere => Image == ImageIs.There;

    public DeleteRun Of(Actor who) => who == Actor.One ? One : Two;

    public TagState Confirm(Actor who)
    {
        var mayGo = Defect == DeletesWithoutConfirming ||
            (IsThere && (IsOld || Defect == ConfirmIgnoresAge) && (!Tags.Has(Tags.Protecting) || Defect == ConfirmIgnoresProtection));
        if (!mayGo)
            return this;

        var tags = Defect is DeletesWithoutConfirming or DeletesThePairsOfTheIndex ? Filed : Tags;
        return Let(who, new DeleteRun { Step = DeleteStep.Confirmed, Confirmed = tags, Left = tags });
    }

    /// <summary>ECR takes up one pair of the call, or the digest alone.</summary>
    public TagState DeleteNext(Actor who)
    {
        var run = Of(who);
        var left = run.Left & ~Lowest(run.Left);
        var rest = Let(who, left == Tags.None ? default : run with { Step = DeleteStep.Deleting, Left = left });
        if (!IsThere)
            return rest;
        if (run.IsByDigest || Defect == DeletesByDigest)
            return rest with { Image = ImageIs.Pruned };

        var tag = Lowest(run.Left);
        if (!Tags.Has(tag))
            return rest;

        var remaining = Defect == EcrDeletesTheWholeImageByAPair ? Tags.None : Tags & ~tag;
        return rest with { Tags = remaining, Image = remaining == Tags.None ? ImageIs.Pruned : ImageIs.There };
    }

    public TagState Crash(Actor who) => Let(who, default);

    public TagState Add(Tags tag) => this with { Tags = Tags | tag };

    /// <summary>The tag moves to another image, or is deleted. The last one leaves an untagged image.</summary>
    public TagState TakeAway(Tags tag) => this with { Tags = Tags & ~tag };

    public TagState File() => this with { Filed = Tags };

    public TagState DeleteByHand() => this with { Image = ImageIs.DeletedByHand, Tags = Tags.None };

    /// <summary>The same digest, but a new push time.</summary>
    public TagState PushAgain(Tags tag) => this with
    {
        Image = ImageIs.There,
        Tags = tag,
        IsOld = false,
        One = One with { IsPushedAgain = !One.IsAt(DeleteStep.Idle) },
        Two = Two with { IsPushedAgain = !Two.IsAt(DeleteStep.Idle) },
    };

    public TagState Age() => this with { IsOld = true };

    static Tags Lowest(Tags tags) => (Tags)((byte)tags & -(sbyte)tags);

    TagState Let(Actor who, DeleteRun run) => who == Actor.One ? this with { One = run } : this with { Two = run };
}
