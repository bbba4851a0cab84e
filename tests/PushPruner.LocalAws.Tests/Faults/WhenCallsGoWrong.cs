namespace PushPruner.LocalAws.Tests.Faults;

public sealed class WhenCallsGoWrong : RegistryTest
{
    [Fact]
    public void Throttled_ones_have_no_effect_and_the_next_succeeds()
    {
        Put(One);
        Registry.Faults.ThrottleNext("BatchDeleteImage", 2);

        var error = Refused(() => Delete(EcrImageId.Digest(One.Digest)), "ThrottlingException");
        error.Message.ShouldBe("Rate exceeded");
        error.HttpStatus.ShouldBe(400);
        error.RequestId.ShouldNotBeNullOrEmpty();
        Refused(() => Delete(EcrImageId.Digest(One.Digest)), "ThrottlingException");
        Delete(EcrImageId.Digest(One.Digest)).ImageIds.Count.ShouldBe(1);
    }

    [Fact]
    public void A_lost_answer_leaves_the_effect()
    {
        Put(One);
        Registry.Faults.LoseAnswerOfNext("BatchDeleteImage");

        Should.Throw<ConnectionLostException>(() => Delete(EcrImageId.Digest(One.Digest)));
        Registry.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public void A_lost_answer_to_a_push_sends_its_event()
    {
        Registry.Faults.Next("PutImage", Fault.ServerError.AfterEffect());

        Refused(() => Put(One), "ServerException").HttpStatus.ShouldBe(500);
        Events.Count.ShouldBe(1);
    }

    [Fact]
    public void A_callback_sees_each_call_and_decides()
    {
        Put(One);
        var seen = new List<RegistryCall>();
        Registry.Faults.OnCall(call =>
        {
            seen.Add(call);
            return seen.Count == 2 ? Fault.AccessDenied : null;
        });

        Delete(EcrImageId.Tag("a"), EcrImageId.Tag("b"));
        Refused(() => Row(One), "AccessDeniedException");
        Row(One);
        seen.Select(call => (call.Operation, call.Repository, call.IdCount))
            .ShouldBe([("BatchDeleteImage", App, 2), ("DescribeImages", App, 1), ("DescribeImages", App, 1)]);
    }

    [Fact]
    public async Task A_slow_one_takes_effect_when_its_time_has_passed()
    {
        Put(One);
        Registry.Faults.Next("BatchDeleteImage", Fault.Delay(TimeSpan.FromSeconds(5)));
        var answer = Registry.SendAsync(new BatchDeleteImageCall { RepositoryName = App, ImageIds = [EcrImageId.Digest(One.Digest)] });

        Clock.Advance(TimeSpan.FromSeconds(4));
        answer.IsCompleted.ShouldBeFalse();
        Registry.Images(App).Count.ShouldBe(1);
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await answer).ImageIds.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_hangs_ends_when_the_caller_gives_up()
    {
        Registry.Faults.Next("DescribeImages", Fault.Hanging);
        using var patience = new CancellationTokenSource();
        var answer = Registry.SendAsync(new DescribeImagesCall { RepositoryName = App }, patience.Token);

        answer.IsCompleted.ShouldBeFalse();
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(answer);
    }

    [Fact]
    public void Failed_calls_are_counted_with_the_others()
    {
        Registry.Calls.Clear();
        Put(One);
        Refused(() => Put(One), "ImageAlreadyExistsException");
        Row(One);

        Registry.Calls.ToString().ShouldBe("DescribeImages 1, PutImage 2");
        Registry.Calls.Clear();
        Registry.Calls.Count().ShouldBe(0);
    }

    [Fact]
    public void Two_registries_of_one_seed_tell_the_same_story()
    {
        var (first, second) = (Story(), Story());

        first.ShouldBe(second);

        IEnumerable<string> Story()
        {
            Where(new());
            PutIndex("1.0");
            Delete(EcrImageId.Tag("1.0"));
            return [.. Events.Select(happened => happened.Json), .. Registry.Calls.All.Select(call => call.RequestId)];
        }
    }
}
