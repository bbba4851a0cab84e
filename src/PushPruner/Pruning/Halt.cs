using System.Globalization;
using PushPruner.Jobs;

namespace PushPruner.Pruning;

/// <summary>Why a run that needs a person's approval deleted nothing, and the command that approves it.</summary>
static class Halt
{
    public static string TooMany(RunContext run, ApprovalTerms terms, bool isAtLeast = false) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(isAtLeast ? "at least " : "")}{Images(terms.Count)} would be deleted, more than MAX_DELETES ({run.Settings.MaxDeletes}). "
            + $"{Review(run, terms)}");

    /// <summary>A push that would delete few enough, where a run before it would have deleted too many.</summary>
    public static string Unapproved(RunContext run, ApprovalTerms terms) => string.Create(
        CultureInfo.InvariantCulture,
        $"an earlier run would have deleted more than MAX_DELETES ({run.Settings.MaxDeletes}), and no reconcile has counted again "
            + $"since. {Review(run, terms)}");

    /// <param name="approved">The hash of the policy that was approved.</param>
    public static string OtherPolicy(RunContext run, string approved, ApprovalTerms terms) =>
        $"policy {approved} was approved, but policy {terms.PolicyHash} is in force, by which {Images(terms.Count)} would be deleted. "
            + $"{Review(run, terms)}";

    public static string PolicyChanged(string approved, RetentionPolicy inForce) =>
        $"policy {approved} was approved, but policy {PolicyHash.Of(inForce)} is in force since the run began: nothing more is deleted. "
            + $"A dry run shows what is expired now";

    /// <param name="next">What asks again: the next push, or the next run.</param>
    public static string Unanswered(string next) =>
        $"ECR did not say whether an image to be deleted, or a part of it, is still there: nothing is deleted, and the next {next} asks "
            + $"again";

    public static string TooManyContradictions =>
        "ECR contradicts the index on more images than one push can look at, so how many would be deleted is not known: reconcile this "
            + "repository, or let the next pushes correct the index";

    public static string Images(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} image{(count == 1 ? "" : "s")}");

    static string Review(RunContext run, ApprovalTerms terms) => $"Review them; to approve, run: {run.Invocation.Approval(terms)}";
}
