namespace PushPruner.LocalAws;

static class RepositoryArn
{
    const string Marker = ":repository/";

    internal static string Of(LocalRegistryOptions options, string repository) =>
        $"arn:aws:ecr:{options.Region}:{options.AccountId}{Marker}{repository}";

    internal static string? NameIn(string? arn) => arn?.IndexOf(Marker, StringComparison.Ordinal) switch
    {
        null or < 0 => null,
        { } at => arn[(at + Marker.Length)..],
    };
}
