using Amazon.ECR;
using PushPruner.LocalAws;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Ecr;

public class AskingEcrTests : EcrTest
{
    static readonly Digest Missing = Digest.Parse("sha256:" + new string('0', 64));

    [Fact]
    public async Task Every_field_arrives()
    {
        var subject = ManifestFactory.Image("subject", 5);
        Local.Seed(App, new SeededImage
        {
            Digest = Missing.Value,
            Tags = ["b", "a"],
            PushedAt = Noon.AddMilliseconds(-7),
            SizeInBytes = 12_345_678_901,
            MediaType = MediaTypes.OciManifest,
            SubjectDigest = subject.Digest,
            LastRecordedPullTime = Noon.AddDays(-2),
            LastActivatedAt = Noon.AddDays(-3),
        });

        var manifest = (await Registry.DescribeAsync(App, [Missing], default)).Found.ShouldHaveSingleItem();

        manifest.ShouldSatisfyAllConditions(
            m => m.Digest.ShouldBe(Missing),
            m => m.Tags.ShouldBe(["a", "b"], ignoreOrder: true),
            m => m.PushedAt.ShouldBe(Noon.AddMilliseconds(-7)),
            m => m.Bytes.ShouldBe(12_345_678_901),
            m => m.MediaType.ShouldBe(MediaTypes.OciManifest),
            m => m.Subject.ShouldBe(Digest.Parse(subject.Digest)),
            m => m.LastPulledAt.ShouldBe(Noon.AddDays(-2)),
            m => m.LastActivatedAt.ShouldBe(Noon.AddDays(-3)),
            m => m.Status.ShouldBe(ManifestStatus.Active));
    }

    [Fact]
    public async Task An_untagged_manifest_has_no_tags_rather_than_none_at_all()
    {
        var digest = Has("untagged");

        (await Registry.DescribeAsync(App, [digest], default)).Found.ShouldHaveSingleItem().Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listing_pages_to_its_end_and_has_what_is_archived()
    {
        Local.Seed(App, Enumerable.Range(0, 2_500).Select(n => new SeededImage
        {
            Digest = $"sha256:{n:x64}",
            PushedAt = Noon,
            MediaType = MediaTypes.OciManifest,
            Status = n % 10 == 0 ? "ARCHIVED" : "ACTIVE",
        }));

        var manifests = await Registry.ListAsync(App, default).ToListAsync(TestContext.Current.CancellationToken);

        manifests.Select(m => m.Digest).Distinct().Count().ShouldBe(2_500);
        manifests.Count(m => m.Status == ManifestStatus.Archived).ShouldBe(250);
        Local.Calls.ToString().ShouldBe("CreateRepository 1, DescribeImages 3");
    }

    [Fact]
    public async Task An_empty_repository_lists_nothing() =>
        (await Registry.ListAsync(App, default).ToListAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();

    [Fact]
    public async Task Two_hundred_and_fifty_digests_take_three_calls()
    {
        var digests = Enumerable.Range(0, 250).Select(n => Has($"n{n}", $"n{n}")).ToList();

        var description = await Registry.DescribeAsync(App, digests, default);

        description.Found.Select(m => m.Digest).ShouldBe(digests, ignoreOrder: true);
        Local.Calls.Count("DescribeImages").ShouldBe(3);
    }

    [Fact]
    public async Task Digests_that_ECR_does_not_know_are_gone_and_no_call_names_them()
    {
        var there = Digest.Parse(Local.PutImage(ManifestFactory.Image("there").Put(App, "1.0")).Digest);
        Digest[] others = [Digest.Parse("sha512:" + new string('a', 128)), Digest.Parse("sha384:" + new string('b', 96))];
        Local.Calls.Clear();

        var description = await Registry.DescribeAsync(App, [others[0], there, others[1]], default);
        var gone = await Registry.FindGoneAsync(App, [others[0], there, others[1]], default);
        var texts = await Registry.ReadManifestsAsync(App, [others[0], there, others[1]], default);

        (description.Found.Select(m => m.Digest).Single(), description.IsComplete).ShouldBe((there, true));
        description.Gone.ShouldBe(others, ignoreOrder: true);
        gone.ShouldBe(others, ignoreOrder: true);
        texts.Keys.ShouldBe([there]);
        Local.Calls.ToString().ShouldBe("BatchGetImage 2, DescribeImages 1");
    }

    [Fact]
    public async Task Digests_that_ECR_does_not_know_alone_take_no_call()
    {
        Digest[] others = [Digest.Parse("sha512:" + new string('a', 128))];
        Local.Calls.Clear();

        (await Registry.DescribeAsync(App, others, default)).Gone.ShouldBe(others);
        (await Registry.FindGoneAsync(App, others, default)).ShouldBe(others);
        (await Registry.ReadManifestsAsync(App, others, default)).ShouldBeEmpty();

        Local.Calls.ToString().ShouldBe("");
    }

    [Fact]
    public async Task What_is_gone_is_singled_out()
    {
        var there = Has("there", "1.0");
        var gone = Digest.Parse("sha256:" + new string('1', 64));

        var description = await Registry.DescribeAsync(App, [Missing, there, gone], default);

        description.IsComplete.ShouldBeTrue();
        description.Found.ShouldHaveSingleItem().Digest.ShouldBe(there);
        description.Gone.ShouldBe([Missing, gone], ignoreOrder: true);
    }

    [Fact]
    public async Task When_much_is_gone_all_of_it_is_found_out_at_once()
    {
        var there = Digest.Parse(Local.PutImage(ManifestFactory.Image("there").Put(App, "1.0")).Digest);
        var gone = Enumerable.Range(1, 50).Select(n => Digest.Parse($"sha256:{n:x64}")).ToList();
        Local.Calls.Clear();

        var description = await Registry.DescribeAsync(App, [there, .. gone], default);

        description.IsComplete.ShouldBeTrue();
        description.Found.ShouldHaveSingleItem().Digest.ShouldBe(there);
        description.Gone.ShouldBe(gone, ignoreOrder: true);
        Local.Calls.ToString().ShouldBe("BatchGetImage 1, DescribeImages 5");
    }

    [Fact]
    public async Task What_is_gone_differs_from_what_can_t_be_read()
    {
        var there = Has("there", "1.0");
        Local.Seed(App, new SeededImage { Digest = "sha256:" + new string('2', 64), PushedAt = Noon, MediaType = MediaTypes.OciManifest });

        (await Registry.FindGoneAsync(App, [there, Missing, Digest.Parse("sha256:" + new string('2', 64))], default)).ShouldBe([Missing]);
    }

    [Fact]
    public async Task Manifests_come_as_the_exact_text_and_what_ECR_can_t_give_is_left_out()
    {
        var index = ManifestFactory.ManifestList(ManifestFactory.Image("a"));
        Local.PutImage(ManifestFactory.Image("a").Put(App));
        var digest = Digest.Parse(Local.PutImage(index.Put(App, "1.0")).Digest);

        var texts = await Registry.ReadManifestsAsync(App, [digest, Missing], default);

        texts.ShouldHaveSingleItem().ShouldBe(new(digest, index.Text));
    }

    [Fact]
    public async Task A_message_that_names_no_digest_is_not_guessed_from()
    {
        var there = Has("there", "1.0");
        Local.Faults.Next("DescribeImages", Fault.Refusal("ImageNotFoundException", "something is missing"));

        var description = await Registry.DescribeAsync(App, [there, Missing], default);

        description.ShouldSatisfyAllConditions(d => d.IsComplete.ShouldBeTrue(), d => d.Gone.ShouldBe([Missing]));
    }

    [Fact]
    public async Task An_archived_image_is_found_by_its_digest()
    {
        var digest = Has("archived", "1.0");
        Local.UpdateImageStorageClass(
            new UpdateImageStorageClassCall
            {
                RepositoryName = App, ImageId = EcrImageId.Digest(digest.Value), TargetStorageClass = "ARCHIVE",
            });

        (await Registry.DescribeAsync(App, [digest], default)).Found.ShouldHaveSingleItem().Status.ShouldBe(ManifestStatus.Archived);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_told_apart()
    {
        (await Should.ThrowAsync<NoSuchRepositoryException>(() => Registry.DescribeAsync("nope", [Missing], default))).Message.ShouldBe(
            "there is no repository nope");
        await Should.ThrowAsync<NoSuchRepositoryException>(() => Registry.ReadResourceTagsAsync("nope", default));
        await Should.ThrowAsync<NoSuchRepositoryException>(() => Registry.DeleteAsync("nope", [new ImageId(Missing)], default));
        await Should.ThrowAsync<NoSuchRepositoryException>(async () =>
            await Registry.ListAsync("nope", default).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Resource_tags_are_read()
    {
        Local.TagResource(new TagResourceCall
        {
            ResourceArn = $"arn:aws:ecr:us-east-1:123456789012:repository/{App}",
            Tags = [new ResourceTag { Key = "pushpruner:protect-tags", Value = "latest release-@" }],
        });

        (await Registry.ReadResourceTagsAsync(App, default)).ShouldBe(
            new Dictionary<string, string> { ["pushpruner:protect-tags"] = "latest release-@" }
        );
    }

    [Fact]
    public async Task Throttling_is_waited_out_and_a_denial_is_not()
    {
        var digest = Has("there", "1.0");
        Local.Faults.ThrottleNext("DescribeImages");
        (await Registry.DescribeAsync(App, [digest], default)).Found.Count.ShouldBe(1);
        Local.Calls.Count("DescribeImages").ShouldBe(2);

        Local.Calls.Clear();
        Local.Faults.DenyNext("DescribeImages");
        (await Should.ThrowAsync<AmazonECRException>(() => Registry.DescribeAsync(App, [digest], default))).ErrorCode.ShouldBe(
            "AccessDeniedException");
        Local.Calls.Count("DescribeImages").ShouldBe(1);
    }
}
