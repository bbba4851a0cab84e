namespace PushPruner.Cli.Registries;

/// <summary>The options that say which AWS.</summary>
sealed class AwsOptions
{
    public Option<string> Profile { get; } = new("--profile")
    {
        HelpName = "NAME",
        Description = "The profile of ~/.aws to take credentials and region from; what the SDK finds by itself if not given.",
    };

    public Option<string> Region { get; } =
        SettingOption.Of("--region", "NAME", "The registry's region; the profile's or AWS_REGION if not given.", ReadRegion);

    public Option<Uri> EndpointUrl { get; } = SettingOption.Of(
        "--endpoint-url",
        "URL",
        "Where ECR answers, if not at AWS; DynamoDB too, unless AWS_ENDPOINT_URL_DYNAMODB says otherwise.",
        ReadUrl);

    public Option<string> IndexTable { get; } = SettingOption.Of(
        "--index-table",
        "NAME",
        "The deployed stack's table, as its output IndexTableName gives it, for what only that remembers. An index in memory if not given.",
        ReadTable);

    public IEnumerable<Option> All => [Profile, Region, EndpointUrl, IndexTable];

    public static Uri ReadUrl(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new SettingException(name, text, "a URL such as http://127.0.0.1:5000");

    static string ReadRegion(string name, string text) =>
        AwsNames.IsLikeARegion(text)
            ? text
            : throw new SettingException(name, text, "the name of a region, such as eu-west-1");

    static string ReadTable(string name, string text) =>
        Aws.Dynamo.IndexTable.IsName(text)
            ? text
            : throw new SettingException(name, text, "the name of a DynamoDB table: 3 to 255 of A-Z, a-z, 0-9 and _ . -");
}
