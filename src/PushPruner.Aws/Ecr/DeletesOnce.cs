using Amazon.ECR;
using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Ecr;

/// <summary>Puts <see cref="UnrepeatedDeletes"/> before the retries of each client of ECR.</summary>
sealed class DeletesOnce : IRuntimePipelineCustomizer
{
    public string UniqueName => nameof(DeletesOnce);

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (!typeof(IAmazonECR).IsAssignableFrom(type))
            return;

        // A client whose deletes the SDK may repeat must not come to be.
        var retries = pipeline.Handlers.OfType<RetryHandler>().Single();
        pipeline.AddHandlerBefore<RetryHandler>(new UnrepeatedDeletes(retries));
    }
}
