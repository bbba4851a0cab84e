using Amazon;
using Amazon.ECR;
using Amazon.Lambda;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using PushPruner.Aws.Ecr;

namespace PushPruner.Cli.Registries;

/// <summary>Which AWS is asked, by whom: what every client of one run has in common.</summary>
sealed class AwsPlace
{


    readonly AWSCredentials? credentials;
    readonly string? region;
    readonly Uri? endpoint;
    readonly string optionOfRegion;
    readonly Func<string, string?> variable;

    AwsPlace(AWSCredentials? credentials, string? region, Uri? endpoint, string optionOfRegion, Func<string, string?> variable)
    {
        this.credentials = credentials;
        this.region = region;
        this.endpoint = endpoint;
        this.optionOfRegion = optionOfRegion;
        this.variable = variable;
    }

    /// <param name="regionOfName">The region that the name of an image says, which goes before a profile's; null when none does.</param>
    /// <exception cref="SettingException">There is no such profile, or another region was asked for.</exception>
    public static AwsPlace Of(AwsOptions options, ParseResult parsed, CliEnvironment environment, string? regionOfName)
    {
        if (regionOfName is not null && parsed.GetValue(options.Region) is { } given && given != regionOfName)
            throw new SettingException(options.Region.Name, given, $"the image's name says {regionOfName}");

        var (credentials, regionOfProfile) = parsed.GetValue(options.Profile) is { } profile
            ? Profile(options.Profile.Name, profile)
            : (environment.Credentials, null);
        var regionOfVariable = AwsNames.RegionsIn(environment.Variable).FirstOrDefault(r => !string.IsNullOrEmpty(r));
        var region = parsed.GetValue(options.Region) ?? regionOfName ?? regionOfProfile ?? regionOfVariable;
        return new(credentials, region, parsed.GetValue(options.EndpointUrl), options.Region.Name, environment.Variable);
    }

    /// <exception cref="SettingException">No region is known.</exception>
    public AmazonECRClient CreateEcr() => Create(() => Configure(new AmazonECRConfig(), endpoint), c => EcrClient.Create(c, credentials));

    /// <inheritdoc cref="CreateEcr"/>
    public AmazonLambdaClient CreateLambda() =>
        Create(
            () => Configure(new AmazonLambdaConfig(), endpoint),
            c => credentials is null ? new AmazonLambdaClient(c) : new(credentials, c));

    /// <inheritdoc cref="CreateEcr"/>
    public AmazonDynamoDBClient CreateDynamo()
    {
        const string endpointOfDynamo = "AWS_ENDPOINT_URL_DYNAMODB";
        var own =
            endpoint is not null && variable(endpointOfDynamo) is { Length: > 0 } url
                ? AwsOptions.ReadUrl(endpointOfDynamo, url)
                : endpoint;
        return Create(
            () => Configure(new AmazonDynamoDBConfig(), own), c => credentials is null ? new AmazonDynamoDBClient(c) : new(credentials, c));
    }

    TClient Create<TConfig, TClient>(Func<TConfig> configure, Func<TConfig, TClient> create)
    {
        try
        {
            return create(configure());
        }
        catch (AmazonClientException e)
        {
            throw new SettingException(optionOfRegion, value: null, $"give it, or set AWS_REGION ({e.Message})");
        }
    }

    T Configure<T>(T config, Uri? url)
        where T : ClientConfig
    {
        if (url is not null)
        {
            config.ServiceURL = url.ToString();
            config.AuthenticationRegion = region ?? AwsNames.SomeRegion;
            if (url.IsLoopback)
                config.HttpClientFactory = new LoopbackHttpClientFactory();
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
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
}
