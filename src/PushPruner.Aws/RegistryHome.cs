namespace PushPruner.Aws;

/// <summary>Where a registry is: one account in one region.</summary>
/// <param name="Partition"><c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
public sealed record RegistryHome(string Partition, string Region, string Account)
{
    /// <summary>Reads the home from the ARN of a Lambda function, which is where its registry is.</summary>
    /// <exception cref="FormatException">The text is not the ARN of a function.</exception>
    public static RegistryHome OfFunction(string? arn) =>
        arn?.Split(':') is ["arn", { Length: > 0 } partition, "lambda", { Length: > 0 } region, { Length: > 0 } account, "function", ..]
            ? new(partition, region, account)
            : throw new FormatException($"\"{arn}\" is not the ARN of a Lambda function");

    /// <summary>Reads the home from the ARN that ECR gives a repository.</summary>
    /// <exception cref="FormatException">The text is not the ARN of a repository.</exception>
    public static RegistryHome OfRepository(string? arn) =>
        arn?.Split(':') is ["arn", { Length: > 0 } partition, "ecr", { Length: > 0 } region, { Length: > 0 } account, var name]
        && name.StartsWith("repository/", StringComparison.Ordinal)
            ? new(partition, region, account)
            : throw new FormatException($"\"{arn}\" is not the ARN of an ECR repository");

    public string ArnOf(string repository) => $"arn:{Partition}:ecr:{Region}:{Account}:repository/{repository}";
}
