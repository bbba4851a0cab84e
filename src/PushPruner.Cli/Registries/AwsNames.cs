namespace PushPruner.Cli.Registries;

/// <summary>What AWS allows as the name of a region and the number of an account.</summary>
static class AwsNames
{
    public const string SomeAccount = "123456789012";
    public const string SomeRegion = "us-east-1";

    static readonly string[] VariablesOfRegion = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    public static bool IsAccount(string? text) => text?.Length == 12 && text.All(char.IsAsciiDigit);

    public static bool IsRegion(string? text) => text is { Length: > 0 and <= 50 } && IsLikeARegion(text);

    /// <summary>Of any length: AWS itself refuses what is no region.</summary>
    public static bool IsLikeARegion(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The SDK looks at the first variable alone; the AWS CLI, and most who set one, know both.</summary>
    public static IEnumerable<string?> RegionsIn(Func<string, string?> variable) => VariablesOfRegion.Select(variable);
}
