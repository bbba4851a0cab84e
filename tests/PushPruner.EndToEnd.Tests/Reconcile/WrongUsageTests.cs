namespace PushPruner.EndToEnd.Tests.Reconcile;

public sealed class WrongUsageTests : IAsyncLifetime
{
    readonly Desk desk = new();

    public ValueTask InitializeAsync() => desk.InitializeAsync();

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Theory]
    [InlineData("--keep-newest is \"0\": a whole number from 1 to 1000, such as 10", "--keep-newest", "0")]
    [InlineData("--keep-days is \"30d\": a number of days from 0 to 36500, such as 30", "--keep-days", "30d")]
    [InlineData("--protect-tags is \"a,,b\": patterns for tags", "--protect-tags", "a,,b")]
    [InlineData("--keep-pulled-days is \"-1\": a number of days from 0 to 36500", "--keep-pulled-days", "-1")]
    [InlineData("--settle-minutes is \"10081\": a whole number from 0 to 10080", "--settle-minutes", "10081")]
    [InlineData("--max-deletes is \"all\": a whole number from 1 to 100000, such as 500", "--max-deletes", "all")]
    [InlineData("--repositories is \"Team\": patterns for repository names", "--repositories", "Team")]
    [InlineData("--repositories chooses from all of the registry: name repositories, or give patterns, not both", "team/app", "--repositories", "team/*")]
    [InlineData("--endpoint-url is \"localhost:5000\": a URL such as http://127.0.0.1:5000", "--endpoint-url", "localhost:5000")]
    [InlineData("--region is \"eu west\": the name of a region, such as eu-west-1", "--region", "eu west")]
    [InlineData("--index-table is \"a\": the name of a DynamoDB table: 3 to 255 of A-Z, a-z, 0-9 and _ . -", "--index-table", "a")]
    [InlineData("REPOSITORY is \"Team/App\": a name such as \"team/app\"", "team/app", "Team/App")]
    [InlineData("--profile is \"no-such-profile\": a profile of ~/.aws/config or ~/.aws/credentials", "--profile", "no-such-profile")]
    [InlineData("there is no option --dryrun; did you mean --dry-run?", "--dryrun")]
    [InlineData("there is no option --yess; did you mean --yes?", "team/app", "--yess")]
    public async Task What_is_wrong_is_named_with_what_is_allowed_and_nothing_is_asked_of_ecr(string message, params string[] args)
    {
        var said = await desk.ReconcileOnlyAsync(args);

        said.ExitCode.ShouldBe(2);
        said.Error.ShouldContain(message);
        desk.Ecr.Calls.Count().ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_variable_is_named()
    {
        desk.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = "dynamo";

        var said = await desk.ReconcileAsync("--index-table", "images");

        said.ExitCode.ShouldBe(2);
        said.Error.ShouldBe("AWS_ENDPOINT_URL_DYNAMODB is \"dynamo\": a URL such as http://127.0.0.1:5000\n");
    }
}
