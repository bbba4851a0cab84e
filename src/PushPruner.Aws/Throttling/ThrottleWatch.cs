using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Throttling;

/// <summary>Puts a <see cref="ThrottleHandler"/> behind the retries of each client, where every try comes by.</summary>
sealed class ThrottleWatch : IRuntimePipelineCustomizer
{
    public string UniqueName => nameof(ThrottleWatch);

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (pipeline.Handlers.OfType<RetryHandler>().FirstOrDefault() is { } retries)
            pipeline.AddHandlerAfter<RetryHandler>(new ThrottleHandler(retries.RetryPolicy));
    }
}
