namespace PushPruner.Tests.Model;

/// <summary>What the product promises, word for word, under the names by which the models and <c>docs/safety.md</c> refer to it.</summary>
static class Promises
{
    public const string S1 =
        "no image and no member is deleted whose age by ECR's own word is within X days (referrers follow their subject)";

    public const string S2 = "no image is deleted unless ECR confirmed N other, newer, live, proven images of that repository";

    public const string S3 = "no member or referrer is deleted while an owner is kept";

    public const string S4 = "nothing is deleted while one of the tags it (or its group) bears at that moment is protected";

    public const string S5 =
        "a tagged image that gains a tag between decision and delete survives: tagged images are deleted by (tag, digest) pairs, which "
            + "ECR refuses "
        + "when the tag has moved, and which removes the image only with its last tag. Untagged ones go by digest: there a window of "
        + "milliseconds remains";

    public const string S6 = "a dry run makes no mutating call to ECR, and lists exactly what the real run would delete";

    public const string S7 = "the digest that a push event names is never deleted by that event";

    public const string S8 =
        "a run that would delete more than MaxDeletes images (lone referrers and left-over members count too) of a repository deletes "
            + "none of them, "
        + "and says so by outcome, log and metric";

    public const string L1 =
        "after a push is handled, nothing of that repository that the index knows, that is expired by the policy and the proofs as last "
            + "written and "
        + "not in doubt, is left (S7, S8 and dry runs aside); a changed policy is taken up in full by the next reconcile";

    public const string L2 = "after a reconcile, the same holds for every repository by ECR's word, and the index equals ECR";

    /// <summary>The second condition of the rule. S1 speaks of ECR's own word, and ECR knows nothing of promotions.</summary>
    public const string Promotion =
        "an image is expired when now - active at > X; active at: ... the time of the last push event that named this existing digest "
            + "(a promotion)";

    public const string Tombstone = "a deleted manifest leaves a tombstone: tags, when, why, by which request";
}
