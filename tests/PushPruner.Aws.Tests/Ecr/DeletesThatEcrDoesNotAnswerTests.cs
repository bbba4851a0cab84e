using Amazon.ECR;
using Amazon.Runtime;
using PushPruner.Aws.Throttling;
using PushPruner.LocalAws;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Ecr;

/// <summary>Whatever is configured about retries, a delete is one request on the wire.</summary>
public class DeletesThatEcrDoesNotAnswerTests : EcrTest
{
    const string Delete = "BatchDeleteImage";
    const int ManyRetries = 5;

    static readonly Dictionary<string, Fault> Faults = new(StringComparer.Ordinal)
    {
        ["throttled"] = Fault.Throttling,
        ["throttled by another code"] = Fault.Refusal("TooManyRequestsException", "Slow down", 429),
        ["failed"] = Fault.ServerError,
        ["unavailable"] = Fault.Refusal("ServiceUnavailableException", "Try later", 503),
        ["timed out at ECR"] = Fault.Refusal("RequestTimeoutException", "Too slow"),
        ["connection lost"] = Fault.LostConnection,
        ["answer lost"] = Fault.LostConnection.AfterEffect(),
        ["failed after its effect"] = Fault.ServerError.AfterEffect(),
        ["no answer in time"] = Fault.Hanging.AfterEffect(),
    };

    public static MatrixTheoryData<string, RequestRetryMode> EachFaultInEachMode =>
        new(Faults.Keys, Enum.GetValues<RequestRetryMode>());

    [Theory]
    [MemberData(nameof(EachFaultInEachMode))]
    public async Task A_delete_is_sent_once_and_reported_as_unanswered(string fault, RequestRetryMode mode)
    {
        var digest = Has("image", "1.0");
        var patience = TimeSpan.FromSeconds(2);
        using var client = Connect(new AmazonECRConfig { RetryMode = mode, MaxErrorRetry = ManyRetries, Timeout = patience });
        // A connection that is open already: the SDK has retries of its own for such a one that turns out to be closed.
        await Through(client).DescribeAsync(App, [digest], default);
        Local.Faults.Next(Delete, Faults[fault]);

        await Should.ThrowAsync<DeleteUnansweredException>(() => Through(client).DeleteAsync(App, [new ImageId(digest, "1.0")], default));

        Local.Calls.Count(Delete).ShouldBe(1);
    }

    [Theory]
    [InlineData(RequestRetryMode.Standard)]
    [InlineData(RequestRetryMode.Adaptive)]
    public async Task Every_other_call_is_retried_as_configured(RequestRetryMode mode)
    {
        var digest = Has("image", "1.0");
        using var client = Connect(new AmazonECRConfig { RetryMode = mode, MaxErrorRetry = ManyRetries });
        Local.Faults.Next("DescribeImages", Fault.Throttling);
        Local.Faults.Next("DescribeImages", Fault.LostConnection);

        (await Through(client).DescribeAsync(App, [digest], default)).Found.ShouldHaveSingleItem();

        Local.Calls.Count("DescribeImages").ShouldBe(3);
    }

    [Fact]
    public async Task What_was_pushed_again_after_a_lost_answer_is_kept()
    {
        var image = ManifestFactory.Image("reproducible", 1_000);
        var digest = Digest.Parse(Local.Seed(App, image.At(Noon.AddDays(-100), "1.0")));
        using var pushesAgain = Local.Subscribe(e =>
        {
            if (e.ActionType == "DELETE")
                Local.PutImage(image.Put(App, "1.0"));
        });
        Local.Faults.LoseAnswerOfNext(Delete);

        await Should.ThrowAsync<DeleteUnansweredException>(() => Registry.DeleteAsync(App, [new ImageId(digest, "1.0")], default));

        Local.Images(App).ShouldHaveSingleItem().PushedAt.ShouldBe(Noon);
    }

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("InvalidParameterException")]
    [InlineData("KmsException")]
    public async Task A_refusal_is_an_answer(string code)
    {
        var digest = Has("image", "1.0");
        Local.Faults.Next(Delete, Fault.Refusal(code, "no"));

        var refusal = await Should.ThrowAsync<AmazonECRException>(() => Registry.DeleteAsync(App, [new ImageId(digest, "1.0")], default));

        refusal.ErrorCode.ShouldBe(code);
        Local.Calls.Count(Delete).ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_told_that_ECR_did_not_answer()
    {
        var digest = Has("image", "1.0");
        Local.Faults.Next(Delete, Fault.Hanging);
        using var patience = new CancellationTokenSource();
        var delete = Registry.DeleteAsync(App, [new ImageId(digest, "1.0")], patience.Token);

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => delete);
    }

    [Fact]
    public async Task A_throttled_delete_counts_as_throttled()
    {
        Throttles.WatchClients();
        var digest = Has("image", "1.0");
        using var client = Connect(new AmazonECRConfig());
        var throttles = Throttles.Begin();
        Local.Faults.ThrottleNext(Delete);

        await Should.ThrowAsync<DeleteUnansweredException>(() => Through(client).DeleteAsync(App, [new ImageId(digest, "1.0")], default));

        throttles.Count.ShouldBe(1);
    }
}
