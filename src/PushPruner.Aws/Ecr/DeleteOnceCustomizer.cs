using Amazon.ECR;
using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Ecr;

/// <summary>Adds a <see cref="DeleteOnceHandler"/> to each client of ECR, before the retries.</summary>
sealed class DeleteOnceCustomizer : IRuntimePipelineCustomizer
{
    public string UniqueName => nameof(DeleteOnceCustomizer);

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (!typeof(IAmazonECR).IsAssignableFrom(type))
            return;

        // Fails if there is no retry handler: a client whose deletes the SDK may repeat must not exist.
        var retries = pipeline.Handlers.OfType<RetryHandler>().Single();
        pipeline.AddHandlerBefore<RetryHandler>(new DeleteOnceHandler(retries));
    }
}
