#pragma warning disable RS0030 // Do not use banned APIs: the constructor is what is tested
using PushPruner.Deleting;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Pruning;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Deleting;

/// <summary>Nothing is deleted that ECR's answer did not confirm.</summary>
public class ConfirmedDeleteTests
{
    static readonly Manifest Image = new() { Digest = A.DigestOf(1), Tags = ["1.0"], PushedAt = PushScenario.Noon };

    [Fact]
    public void A_verdict_on_an_image_in_ECRs_answer_is_confirmed() =>
        Confirm(Image, new Verdict(Image, IsExpired: true, "rank 10")).Manifest.ShouldBeSameAs(Image);

    [Fact]
    public void An_image_that_ECR_did_not_find_is_refused() =>
        Should.Throw<ArgumentException>(() => Confirm(found: null, new Verdict(Image, IsExpired: true, "rank 10")));

    [Fact]
    public void A_verdict_on_other_tags_than_ECR_answered_is_refused() =>
        Should.Throw<ArgumentException>(() =>
            Confirm(Image with { Tags = ["1.0", "prod"] }, new Verdict(Image, IsExpired: true, "rank 10")));

    [Fact]
    public void An_image_that_is_kept_is_refused() =>
        Should.Throw<ArgumentException>(() => Confirm(Image, new Verdict(Image, IsExpired: false, "rank 3 of 10")));

    static ConfirmedDelete Confirm(Manifest? found, Verdict verdict)
    {
        var nothing = new HashSet<Digest>();
        var groups = new CandidateGroups(nothing, new Dictionary<Digest, IndexRow>(), nothing, nothing, nothing, nothing);
        var answer = new ConfirmationAnswer(
            groups,
            new Dictionary<Digest, WindowPlace>(),
            new Description(found is null ? [] : [found], []),
            new Dictionary<Digest, IReadOnlyList<string>>(),
            nothing,
            PushScenario.Noon,
            PushScenario.Noon);
        return new ConfirmedDelete(answer, verdict, [], new RetentionPolicy());
    }
}
