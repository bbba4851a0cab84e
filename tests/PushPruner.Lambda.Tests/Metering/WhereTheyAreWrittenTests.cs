using Amazon.Lambda.CloudWatchEvents;
using Microsoft.Extensions.DependencyInjection;
using PushPruner.Lambda.Events;
using PushPruner.Testing;

namespace PushPruner.Lambda.Tests.Metering;

[Collection(typeof(EnvironmentVariables))]
public sealed class WhereTheyAreWrittenTests : IDisposable
{
    readonly EnvironmentVariables variables = new();

    // As Lambda's runtime does where it makes lines of its own of what a function writes to the console.
    [Fact]
    public async Task Metrics_are_not_written_to_a_replaced_console()
    {
        variables.Set("INDEX_TABLE", "index");
        variables.Set("AWS_REGION", "us-east-1");
        await using var taken = new StringWriter();
        var console = Console.Out;
        Console.SetOut(taken);
        try
        {
            var collection = new ServiceCollection();
            new Startup().ConfigureServices(collection);
            await using var services = collection.BuildServiceProvider();
            await services
                .GetRequiredService<Functions>()
                .OnImagePushed(new CloudWatchEvent<ImageAction>(), new TestContextOfLambda("us-east-1"));
        }
        finally
        {
            Console.SetOut(console);
        }

        taken.ToString().ShouldContain("Push handled: ignored");
        taken.ToString().ShouldNotContain("CloudWatchMetrics");
    }

    public void Dispose() => variables.Dispose();
}
