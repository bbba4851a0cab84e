namespace PushPruner.LocalAws.Tests.Lambda;

public sealed class WhenAFunctionIsCodeOfThisProcess : RegistryTest, IAsyncDisposable
{
    readonly List<FunctionCall> calls = [];
    LocalFunction? function;

    public async ValueTask DisposeAsync()
    {
        if (function is not null)
            await function.DisposeAsync();
    }

    [Fact]
    public async Task Its_result_is_the_answer_and_it_knows_what_it_was_called_with()
    {
        var answer = await Started(_ => """{"b":2}""").InvokeAsync("""{"a":1}""");

        (answer.Succeeded, answer.Payload).ShouldBe((true, """{"b":2}"""));
        calls.ShouldHaveSingleItem().ShouldBe(new(
            answer.RequestId, """{"a":1}""", "arn:aws:lambda:us-east-1:123456789012:function:OnImagePushed", Start.AddSeconds(30)));
    }

    [Fact]
    public async Task What_it_throws_is_its_error_and_the_next_call_is_served()
    {
        var broken = true;
        var started = Started(_ => broken ? throw new InvalidOperationException("it is \"broken\"") : "1");
        var failed = await started.InvokeAsync("{}");
        broken = false;

        failed.FunctionError.ShouldBe("Unhandled");
        failed.Payload.ShouldBe("""{"errorType":"InvalidOperationException","errorMessage":"it is \u0022broken\u0022"}""");
        (await started.InvokeAsync("{}")).Payload.ShouldBe("1");
    }

    [Fact]
    public async Task Events_reach_it_in_the_order_of_the_pushes()
    {
        using var subscription = Started(_ => "null").SubscribeTo(Registry);
        PutIndex("1.0");
        await function!.IdleAsync();

        calls.Select(c => c.Payload).ShouldBe(Events.Select(e => e.Json));
        calls.Count.ShouldBe(3);
    }

    LocalFunction Started(Func<FunctionCall, string> handle) => function = LocalFunction.StartInProcess(
        "OnImagePushed",
        new(),
        Clock,
        (call, _) =>
        {
            calls.Add(call);
            return Task.FromResult(handle(call));
        });
}
