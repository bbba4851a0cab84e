using PushPruner.Jobs;

namespace PushPruner.Lambda.Tests.Events;

/// <summary>The files in events/, each as its name says.</summary>
public sealed class SampleEventsTests(Deployment deployment) : IClassFixture<Deployment>
{
    [Theory]
    [InlineData("push-tagged", Outcome.Gone)]
    [InlineData("push-untagged", Outcome.Gone)]
    [InlineData("push-retag", Outcome.Gone)]
    [InlineData("push-referrer", Outcome.Gone)]
    [InlineData("replicated", Outcome.Gone)]
    [InlineData("push-failed", Outcome.Ignored)]
    [InlineData("push-other-account", Outcome.Ignored)]
    public async Task It_is_what_its_name_says(string file, string outcome)
    {
        var result = await deployment.InvokeAsync(
            await File.ReadAllTextAsync(Path.Combine("events", $"{file}.json"), TestContext.Current.CancellationToken));

        result.Outcome.ShouldBe(outcome, "the registry is empty, so what is a push of ours is gone");
    }
}
