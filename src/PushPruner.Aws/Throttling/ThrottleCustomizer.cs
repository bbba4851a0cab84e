using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Throttling;

/// <summary>Adds a <see cref="ThrottleHandler"/> to each client, after the retries, so that it sees every attempt.</summary>
sealed class ThrottleCustomizer : IRuntimePipelineCustomizer
{
    public string UniqueName => nameof(ThrottleCustomizer);

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (pipeline.Handlers.OfType<RetryHandler>().FirstOrDefault() is { } retries)
            pipeline.AddHandlerAfter<RetryHandler>(new ThrottleHandler(retries.RetryPolicy));
    }
}
