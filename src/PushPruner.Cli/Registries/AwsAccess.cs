using Amazon;
using Amazon.DynamoDBv2;
using Amazon.ECR;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using PushPruner.Aws.Dynamo;
using PushPruner.Aws.Ecr;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Cli.Registries;

/// <summary>The clients of one run.</summary>
sealed class AwsAccess : IDisposable
{
    const string RegionOfEndpoints = "us-east-1";

    readonly string? table;
    readonly TimeProvider clock;
    readonly AmazonDynamoDBClient? dynamo;

    AwsAccess(AmazonECRClient ecr, AmazonDynamoDBClient? dynamo, string? table, TimeProvider clock)
    {
        Ecr = ecr;
        this.dynamo = dynamo;
        this.table = table;
        this.clock = clock;
    }

    public AmazonECRClient Ecr { get; }

    /// <param name="regionOfName">The region that the name of an image says, which goes before a profile's; null when none does.</param>
    /// <exception cref="SettingException">There is no such profile, or no region is known, or another one was asked for.</exception>
    public static AwsAccess Open(AwsOptions options, System.CommandLine.ParseResult parsed, Surroundings surroundings, string? regionOfName = null)
    {
        if (regionOfName is not null && parsed.GetValue(options.Region) is { } asked && asked != regionOfName)
            throw new SettingException(options.Region.Name, asked, $"the image's name says {regionOfName}");

        var (credentials, regionOfProfile) = parsed.GetValue(options.Profile) is { } profile ? Profile(options.Profile.Name, profile) : (surroundings.Credentials, null);
        var region = parsed.GetValue(options.Region) ?? regionOfName ?? regionOfProfile;
        var endpoint = parsed.GetValue(options.EndpointUrl);
        const string endpointOfDynamo = "AWS_ENDPOINT_URL_DYNAMODB";
        var endpointOfTable = endpoint is not null && surroundings.Variable(endpointOfDynamo) is { Length: > 0 } url
            ? AwsOptions.ReadUrl(endpointOfDynamo, url)
            : endpoint;
        var table = parsed.GetValue(options.IndexTable);
        try
        {
            var ecrConfig = Configure(new AmazonECRConfig(), endpoint, region, surroundings);
            var ecr = EcrClient.Create(ecrConfig, credentials);
            if (table is null)
                return new(ecr, dynamo: null, table, surroundings.Clock);

            var dynamoConfig = Configure(new AmazonDynamoDBConfig(), endpointOfTable, region, surroundings);
            var dynamo = credentials is null ? new AmazonDynamoDBClient(dynamoConfig) : new AmazonDynamoDBClient(credentials, dynamoConfig);
            return new(ecr, dynamo, table, surroundings.Clock);
        }
        catch (AmazonClientException e)
        {
            throw new SettingException(options.Region.Name, value: null, $"give it, or set AWS_REGION ({e.Message})");
        }
    }

    /// <summary>The table, or a new index in memory.</summary>
    public IManifestIndex OpenIndex() => dynamo is null ? new InMemoryIndex(clock) : new DynamoIndex(dynamo, table!, clock);

    public void Dispose()
    {
        Ecr.Dispose();
        dynamo?.Dispose();
    }

    static (AWSCredentials Credentials, string? Region) Profile(string option, string name)
    {
        var profiles = new CredentialProfileStoreChain();
        if (!profiles.TryGetProfile(name, out var profile))
            throw new SettingException(option, name, "a profile of ~/.aws/config or ~/.aws/credentials");

        return profiles.TryGetAWSCredentials(name, out var credentials)
            ? (credentials, profile.Region?.SystemName)
            : throw new SettingException(option, name, "a profile with credentials, and this one has none that can be used");
    }

    static T Configure<T>(T config, Uri? endpoint, string? region, Surroundings surroundings)
        where T : ClientConfig
    {
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = region ?? surroundings.Variable("AWS_REGION") ?? RegionOfEndpoints;
            if (endpoint.IsLoopback)
                config.HttpClientFactory = new LoopbackHttpClientFactory();
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }
}
