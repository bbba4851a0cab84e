using Amazon.ECR;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace PushPruner.Aws.Ecr;

/// <summary>Makes the product's clients of ECR. They send a delete once, and retry every other call as the SDK does.</summary>
public static class EcrClient
{
    static EcrClient() => RuntimePipelineCustomizerRegistry.Instance.Register(new DeleteOnceCustomizer());

#pragma warning disable RS0030 // Do not use banned APIs: this is the one place that may
    /// <summary>Configured by the environment.</summary>
    public static AmazonECRClient Create() => new();

    /// <param name="config">Where to find ECR.</param>
    /// <param name="credentials">Null takes those of the environment.</param>
    public static AmazonECRClient Create(AmazonECRConfig config, AWSCredentials? credentials = null) =>
        credentials is null ? new(config) : new(credentials, config);
#pragma warning restore RS0030
}
