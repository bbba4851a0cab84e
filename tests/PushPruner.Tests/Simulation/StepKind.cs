namespace PushPruner.Tests.Simulation;

enum StepKind
{
    /// <summary>CI pushes a new image.</summary>
    Push,

    /// <summary>CI pushes a multi-arch image with a signature and an SBOM: an event for each manifest.</summary>
    PushRelease,

    /// <summary>CI pushes a new image with the tag latest, which is protected.</summary>
    MoveLatest,

    /// <summary>An image that is there gets another tag.</summary>
    Promote,

    /// <summary>An image that is there gets a protected tag.</summary>
    Protect,

    /// <summary>Somebody moves an image's only tag to a new image.</summary>
    Untag,

    /// <summary>One of the events on their way arrives.</summary>
    Deliver,
    DeliverTwice,

    /// <summary>An event arrives, and the run dies at some call to the index or to ECR.</summary>
    Crash,

    /// <summary>An event arrives, and ECR refuses a call.</summary>
    Throttle,

    /// <summary>An event arrives, and ECR refuses some ids of each delete.</summary>
    RefuseSome,
    Days,
    Hours,

    /// <summary>An event never arrives.</summary>
    Lose,

    /// <summary>The index is lost.</summary>
    Wipe,
    DeleteByHand,

    /// <summary>
    /// Several events arrive at once, and now and then a reconcile with them: their runs take turns, call by call, while CI pushes on.
    /// </summary>
    Together,

    /// <summary>The clock is set back by some hours.</summary>
    ClockSetBack,

    /// <summary>The weekly reconcile comes by.</summary>
    Reconcile,

    /// <summary>A reconcile dies at some call to the index or to ECR.</summary>
    ReconcileDies,

    /// <summary>Amid a reconcile, right before some call to ECR, CI pushes an image and its event arrives.</summary>
    ReconcileAmidPush,

    /// <summary>Amid a reconcile, right before some call to ECR, an image gets a protected tag, of which no event arrives.</summary>
    ReconcileAmidProtect,
    Archive,

    /// <summary>CI pushes a build cache, with the tag that moves each time.</summary>
    PushCache,

    /// <summary>CI pushes a Helm chart.</summary>
    PushChart,

    /// <summary>CI signs an image or attests it, perhaps again: then the former signature is left without its tag.</summary>
    Sign,

    /// <summary>The oldest image is signed: likely one that is about to expire.</summary>
    SignOldest,

    /// <summary>CI pushes the platforms of a release, each by a tag of its own; their manifest list comes later, or never.</summary>
    Stage,

    /// <summary>CI pushes the manifest list of platforms that it has staged.</summary>
    PushStagedList,

    /// <summary>A platform of a release gets a tag.</summary>
    RetagPlatform,

    /// <summary>Somebody deletes a manifest list or a signature.</summary>
    DeleteKinByHand,

    /// <summary>An event arrives, and ECR's reads don't show yet what was pushed or tagged a moment ago.</summary>
    DeliverLagging,

    /// <summary>A reconcile comes by while ECR's reads lag.</summary>
    ReconcileLagging,

    /// <summary>An event arrives, and some call of its run doesn't find the repository.</summary>
    MissRepository,

    /// <summary>An event arrives, the answer of a delete is lost, and CI pushes the same images again at once.</summary>
    PushAgainAmidDelete,

    /// <summary>An event arrives, a delete takes some seconds, and somebody protects a part of what was deleted.</summary>
    ProtectPartAmidDelete,
}
