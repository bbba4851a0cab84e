using PushPruner.LocalAws;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Ecr;

public abstract class DeletingFromEcrTests(PairDelete pairDelete) : EcrTest(new LocalRegistryOptions { PairDelete = pairDelete })
{
    protected Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(params ImageId[] ids) => Registry.DeleteAsync(App, ids, default);

    [Fact]
    public async Task All_the_pairs_of_an_image_delete_it()
    {
        var digest = Has("image", "1.0", "latest");

        var answers = await DeleteAsync(new ImageId(digest, "1.0"), new ImageId(digest, "latest"));

        answers.ShouldAllBe(a => a.IsGone);
        Local.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_untagged_image_is_deleted_by_its_digest()
    {
        var digest = Has("image");

        (await DeleteAsync(new ImageId(digest))).ShouldHaveSingleItem().FailureCode.ShouldBeNull();
        Local.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tag_that_moved_is_refused_and_its_new_image_is_kept()
    {
        var old = Has("old", "1.0");
        var young = Has("young", "1.0");

        var answer = (await DeleteAsync(new ImageId(old, "1.0"))).ShouldHaveSingleItem();

        answer.IsGone.ShouldBeFalse(answer.FailureCode);
        Local.Images(App).Select(i => i.Digest).ShouldContain(young.Value);
    }

    [Fact]
    public async Task What_is_gone_already_counts_as_gone()
    {
        var missing = Digest.Parse("sha256:" + new string('0', 64));

        var answer = (await DeleteAsync(new ImageId(missing, "1.0"))).ShouldHaveSingleItem();

        answer.FailureCode.ShouldBe(DeleteAnswer.ImageNotFound);
        answer.IsGone.ShouldBeTrue();
    }

    [Fact]
    public async Task The_member_of_a_live_index_is_refused_with_its_owner_in_the_reason()
    {
        var member = ManifestFactory.Image("member", 1_000);
        Local.Seed(App, member.At(Noon));
        var index = ManifestFactory.ManifestList(member);
        Local.Seed(App, index.At(Noon, "1.0"));

        var answer = (await DeleteAsync(new ImageId(Digest.Parse(member.Digest)))).ShouldHaveSingleItem();

        answer.FailureCode.ShouldBe(DeleteAnswer.ReferencedByManifestList);
        answer.FailureReason.ShouldNotBeNull().ShouldContain($"[{index.Digest}]");
    }

    [Fact]
    public async Task Each_id_gets_its_own_answer()
    {
        var digests = Enumerable.Range(0, 100).Select(n => n % 2 == 0 ? Has($"n{n}", $"n{n}") : Digest.Parse($"sha256:{n:x64}")).ToList();

        var answers = await DeleteAsync([.. digests.Select((d, n) => new ImageId(d, $"n{n}"))]);

        answers.Select(a => a.Id.Digest).ShouldBe(digests);
        answers.Count(a => a.FailureCode is null).ShouldBe(50);
        answers.Count(a => a.FailureCode == DeleteAnswer.ImageNotFound).ShouldBe(50);
    }
}

public sealed class WherePairsDeleteTheTagAloneTests() : DeletingFromEcrTests(PairDelete.TagOnly)
{
    [Fact]
    public async Task An_image_that_gained_a_tag_survives()
    {
        var digest = Has("image", "1.0", "prod");

        await DeleteAsync(new ImageId(digest, "1.0"));

        Local.Images(App).ShouldHaveSingleItem().Tags.ShouldBe(["prod"]);
    }
}

public sealed class WherePairsDeleteTheWholeImageTests() : DeletingFromEcrTests(PairDelete.WholeImage);
