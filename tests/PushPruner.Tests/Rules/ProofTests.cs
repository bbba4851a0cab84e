using PushPruner.Rules;

namespace PushPruner.Tests.Rules;

public class ProofTests
{
    [Theory]
    [InlineData("1.0", true)]
    [InlineData("latest", true)]
    [InlineData("1.0-amd64", false)]
    [InlineData("sha256-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.sig", false)]
    [InlineData("sha256-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", false)]
    public void A_push_proves_an_image_unless_its_tag_names_a_platform_or_has_the_form_of_a_referrer_s(string tag, bool isProof) =>
        Proof.IsGivenByPushWith(tag).ShouldBe(isProof);
}
