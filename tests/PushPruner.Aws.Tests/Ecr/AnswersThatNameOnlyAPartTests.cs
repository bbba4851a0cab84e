using Amazon.ECR.Model;
using PushPruner.Aws.Ecr;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Ecr;

/// <summary>What an answer names may be less than what was asked with; what it doesn't name at all is not taken for deleted.</summary>
public class AnswersThatNameOnlyAPartTests
{
    static readonly Digest One = Digest.Parse("sha256:" + new string('1', 64));

    static DeleteAnswer Match(ImageId asked, BatchDeleteImageResponse response) => DeleteAnswers.Match([asked], response).Single();

    [Fact]
    public void Silence_is_a_failure() =>
        Match(new ImageId(One, "1.0"), new BatchDeleteImageResponse()).FailureCode.ShouldBe("NoAnswer");

    [Fact]
    public void A_failure_may_name_the_tag_alone() =>
        Match(new ImageId(One, "latest"), new BatchDeleteImageResponse
        {
            Failures = [new ImageFailure { ImageId = new ImageIdentifier { ImageTag = "latest" }, FailureCode = "ImageNotFound" }],
        }).FailureCode.ShouldBe("ImageNotFound");

    [Fact]
    public void A_delete_by_digest_is_answered_with_each_tag_that_went() =>
        Match(
            new ImageId(One),
            new BatchDeleteImageResponse
            {
                ImageIds =
                [
                    new ImageIdentifier { ImageDigest = One.Value, ImageTag = "a" },
                    new ImageIdentifier { ImageDigest = One.Value, ImageTag = "b" },
                ],
            })
            .FailureCode.ShouldBeNull();

    [Fact]
    public void Another_image_s_failure_with_the_same_tag_is_not_this_one_s() =>
        Match(
            new ImageId(One, "1.0"),
            new BatchDeleteImageResponse
            {
                ImageIds = [new ImageIdentifier { ImageDigest = One.Value, ImageTag = "1.0" }],
                Failures =
                [
                    new ImageFailure
                    {
                        ImageId = new ImageIdentifier { ImageDigest = "sha256:" + new string('2', 64), ImageTag = "1.0" },
                        FailureCode = "KmsError",
                    },
                ],
            })
            .FailureCode.ShouldBeNull();

    [Fact]
    public void A_pair_is_not_deleted_because_another_tag_of_its_image_was() =>
        Match(
            new ImageId(One, "1.0"),
            new BatchDeleteImageResponse { ImageIds = [new ImageIdentifier { ImageDigest = One.Value, ImageTag = "2.0" }] }
        )
            .FailureCode.ShouldBe("NoAnswer");
}
