using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.Lambda.Internal;

/// <summary>The endpoint rules of the service model: where a region's Lambda is, with FIPS, dual-stack, both or neither.</summary>
sealed class AmazonLambdaEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;

        if (parameters["Endpoint"] is string { Length: > 0 } custom)
        {
            return !fips && !dualStack
                ? new Endpoint(custom)
                : throw new AmazonClientException(
                    $"Invalid Configuration: {(fips ? "FIPS" : "Dualstack")} and custom endpoint are not supported");
        }

        return parameters["Region"] is string { Length: > 0 } region && Fn.Partition(region) is { } partition
            ? new Endpoint($"https://{Host(region, partition, fips, dualStack)}")
            : throw new AmazonClientException("Invalid Configuration: Missing Region");
    }

    static string Host(string region, Partition partition, bool fips, bool dualStack)
    {
        if (fips && !partition.supportsFIPS)
        {
            throw new AmazonClientException("FIPS is enabled but this partition does not support FIPS");
        }

        if (dualStack && !partition.supportsDualStack)
        {
            throw new AmazonClientException("DualStack is enabled but this partition does not support DualStack");
        }

        return (fips, dualStack) switch
        {
            (true, true) => $"lambda-fips.{region}.{partition.dualStackDnsSuffix}",
            (true, false) => $"lambda-fips.{region}.{partition.dnsSuffix}",
            (false, true) => $"lambda.{region}.{partition.dualStackDnsSuffix}",
            (false, false) => $"lambda.{region}.{partition.dnsSuffix}",
        };
    }
}
