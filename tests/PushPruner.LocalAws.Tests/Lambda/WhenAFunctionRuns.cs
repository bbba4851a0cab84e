using System.Globalization;

namespace PushPruner.LocalAws.Tests.Lambda;

public sealed class WhenAFunctionRuns : FunctionTest
{
    [Fact]
    public async Task Its_runtime_is_told_what_a_runtime_must_know()
    {
        var answer = Function.InvokeAsync("""{"a":1}""");
        var (id, payload, raw) = await NextAsync();

        using (raw)
        {
            payload.ShouldBe("""{"a":1}""");
            Header("Lambda-Runtime-Deadline-Ms")
                .ShouldBe(Start.AddSeconds(3).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            Header("Lambda-Runtime-Invoked-Function-Arn").ShouldBe("arn:aws:lambda:us-east-1:123456789012:function:OnImagePushed");
            Header("Lambda-Runtime-Trace-Id").ShouldMatch(@"\ARoot=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0\z");
            (await PostAsync($"invocation/{id}/response", """{"b":2}""")).ShouldBe(202);
        }

        (await answer).ShouldBe(new FunctionAnswer { RequestId = id, Payload = """{"b":2}""" });

        string Header(string name) => raw.Headers.GetValues(name).Single();
    }

    [Fact]
    public async Task An_error_is_the_answer_and_nothing_is_retried()
    {
        var answer = Function.InvokeAsync("{}");
        await FailAsync();

        (await answer).FunctionError.ShouldBe("Unhandled");
        (await answer).Payload.ShouldBe(Unhandled);
        Function.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Past_its_deadline_the_invocation_has_failed_and_a_late_answer_is_refused()
    {
        var answer = Function.InvokeAsync("{}");
        var (id, _, raw) = await NextAsync();
        raw.Dispose();
        Clock.Advance(TimeSpan.FromSeconds(3));

        (await answer).Payload.ShouldContain("Task timed out after 3.00 seconds");
        (await PostAsync($"invocation/{id}/response", "{}")).ShouldBe(400);
    }

    [Fact]
    public async Task An_id_that_nobody_works_on_is_refused()
    {
        (await PostAsync("invocation/made-up/response", "{}")).ShouldBe(400);
        (await PostAsync("invocation/made-up/error", "{}")).ShouldBe(400);
    }

    [Fact]
    public async Task A_response_of_more_than_six_megabytes_is_refused_and_fails_the_invocation()
    {
        var answer = Function.InvokeAsync("{}");
        var (id, _, raw) = await NextAsync();
        raw.Dispose();

        (await PostAsync($"invocation/{id}/response", $"\"{new string('x', 6 * 1024 * 1024)}x{new string('x', 100)}\"")).ShouldBe(413);
        (await answer).Payload.ShouldContain("Function.ResponseSizeTooLarge");
    }

    [Fact]
    public async Task A_runtime_that_cannot_start_fails_the_invocation_it_was_started_for()
    {
        var answer = Function.InvokeAsync("{}");
        (await PostAsync("init/error", Unhandled)).ShouldBe(202);

        (await answer).FunctionError.ShouldBe("Unhandled");
        Function.InitErrors.ShouldBe([Unhandled]);
    }

    [Fact]
    public async Task A_runtime_that_went_away_while_it_waited_takes_nothing_with_it()
    {
        using (var patience = new CancellationTokenSource())
        {
            var poll = Runtime.GetAsync(new Uri("invocation/next", UriKind.Relative), patience.Token);
            await Function.FirstPoll;
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(poll);
        }

        while (Function.WaitingRuntimes > 0)
            await YieldAsync();

        var answer = Function.InvokeAsync("{}");
        await ServeAsync("1");
        (await answer).Payload.ShouldBe("1");
    }

    [Fact]
    public async Task Pushes_arrive_in_turn_as_events()
    {
        using var subscription = Function.SubscribeTo(Registry, happened => happened.ActionType == "PUSH");
        PutIndex("1.0");
        Delete(EcrImageId.Tag("1.0"));

        foreach (var pushed in Events.Where(happened => happened.ActionType == "PUSH"))
            (await ServeAsync("null")).ShouldBe(pushed.Json);
        await Function.IdleAsync();
        Function.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_event_is_tried_again_after_one_minute_and_after_two()
    {
        var sent = Function.Send("""{"n":1}""");
        (await FailAsync()).ShouldBe(sent);
        await NextRetryAsync(TimeSpan.FromMinutes(1));
        (await FailAsync()).ShouldBe(sent);
        await NextRetryAsync(TimeSpan.FromMinutes(2));
        await ServeAsync("null");

        await Function.IdleAsync();
        Function.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_that_fails_three_times_goes_where_failures_go()
    {
        var sent = Function.Send("""{"n":1}""");
        await FailAsync();
        await NextRetryAsync(TimeSpan.FromMinutes(1));
        await FailAsync();
        await NextRetryAsync(TimeSpan.FromMinutes(2));
        await FailAsync();

        await Function.IdleAsync();
        Function.Failures.ShouldBe([new FailedEvent(sent, """{"n":1}""", 3, Unhandled)]);
    }

    /// <summary>Lets the failure arrive where the retry is planned, then moves the clock there.</summary>
    async Task NextRetryAsync(TimeSpan delay)
    {
        var before = Clock.GetUtcNow();
        while (!Clock.AdvanceToNextTimer())
            await YieldAsync();
        (Clock.GetUtcNow() - before).ShouldBe(delay);
    }

    static async Task YieldAsync()
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
    }
}
