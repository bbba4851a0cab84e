namespace PushPruner.Cli.Tests.Reconcile;

public sealed class WrongUsageTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData("--keep-newest is \"0\": a whole number from 1 to 1000, such as 10", "--keep-newest", "0")]
    [InlineData("--keep-days is \"30d\": a number of days from 0 to 36500, such as 30", "--keep-days", "30d")]
    [InlineData("--protect-tags is \"a,,b\": patterns for tags", "--protect-tags", "a,,b")]
    [InlineData("--keep-pulled-days is \"-1\": a number of days from 0 to 36500", "--keep-pulled-days", "-1")]
    [InlineData("--settle-minutes is \"10081\": a whole number from 0 to 10080", "--settle-minutes", "10081")]
    [InlineData("--max-deletes is \"all\": a whole number from 1 to 100000, such as 500", "--max-deletes", "all")]
    [InlineData(
        "--as-of is \"2026-06-01\": the instant that a halted run printed, such as 2026-11-30T10:00:00Z, and not in the future",
        "--as-of",
        "2026-06-01")]
    [InlineData("--as-of is \"2026-06-01T12:02:00Z\": the instant that a halted run printed", "--as-of", "2026-06-01T12:02:00Z")]
    [InlineData(
        "--policy-hash is \"3F9A1C\": the policy that a halted run printed, 6 characters of 0-9 and a-f, such as 3f9a1c",
        "--policy-hash",
        "3F9A1C")]
    [InlineData("--repositories is \"Team\": patterns for repository names", "--repositories", "Team")]
    [InlineData(
        "--repositories chooses from all of the registry: name repositories, or give patterns, not both",
        "team/app",
        "--repositories",
        "team/*")]
    [InlineData("--endpoint-url is \"localhost:5000\": a URL such as http://127.0.0.1:5000", "--endpoint-url", "localhost:5000")]
    [InlineData("--region is \"eu west\": the name of a region, such as eu-west-1", "--region", "eu west")]
    [InlineData(
        "--index-table is \"a\": the name of a DynamoDB table: 3 to 255 of A-Z, a-z, 0-9 and _ . -",
        "--index-table",
        "a",
        "--protect-tags",
        "",
        "--keep-pulled-days",
        "0")]
    [InlineData("REPOSITORY is \"Team/App\": a name such as \"team/app\"", "team/app", "Team/App")]
    [InlineData("--profile is \"no-such-profile\": a profile of ~/.aws/config or ~/.aws/credentials", "--profile", "no-such-profile")]
    [InlineData(
        "--index-table needs --protect-tags as the stack has it ('' if it has none): by it rows are filed",
        "--index-table",
        "images",
        "--keep-pulled-days",
        "0")]
    [InlineData(
        "--index-table needs --keep-pulled-days as the stack has it (0 if it has none): by it rows are filed",
        "--index-table",
        "images",
        "--protect-tags",
        "")]
    [InlineData("--protect-tags is \" \": patterns for tags", "--protect-tags", " ")]
    [InlineData("--keep-newest is \"0\": a whole number from 1 to 1000", "--json", "--keep-newest", "0")]
    [InlineData("--yes takes no value: give it, or leave it out", "team/app", "--yes=false")]
    [InlineData("-y takes no value: give it, or leave it out", "team/app", "-y:false")]
    [InlineData("--dry-run takes no value: give it, or leave it out", "--dry-run=false", "team/app")]
    [InlineData("there is no option --dryrun; did you mean --dry-run?", "--dryrun")]
    [InlineData("there is no option --yess; did you mean --yes?", "team/app", "--yess")]
    public async Task What_is_wrong_is_named_with_what_is_allowed_and_nothing_is_asked_of_ecr(string message, params string[] args)
    {
        var result = await cli.ReconcileOnlyAsync(args);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(message);
        result.Output.ShouldBeEmpty();
        cli.Ecr.Calls.Count().ShouldBe(0);
    }

    [Fact]
    public async Task All_that_the_table_needs_is_named_at_once_and_nothing_that_is_there()
    {
        var neither = await cli.ReconcileOnlyAsync("--index-table", "images");
        var one = await cli.ReconcileOnlyAsync("--index-table", "images", "--protect-tags", "v*");

        neither.Error.ShouldContain("--index-table needs --protect-tags");
        neither.Error.ShouldContain("--index-table needs --keep-pulled-days");
        one.Error.ShouldNotContain("--index-table needs --protect-tags");
    }

    [Theory]
    [InlineData("--yes", "true")]
    [InlineData("--dry-run", "false")]
    [InlineData("--json", "true")]
    [InlineData("--details", "false")]
    public async Task A_flag_takes_no_value_so_that_what_follows_is_a_repository(string flag, string name)
    {
        cli.Has(name, 14);
        cli.Has("other", 14);

        var result = await cli.ReconcileAsync("--dry-run", flag, name);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain(name);
        cli.Changes.ShouldBeEmpty();
        cli.Ecr.Calls.All.ShouldNotContain(c => c.Repository == "other");
    }

    [Fact]
    public async Task A_wrong_variable_is_named()
    {
        cli.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = "dynamo";

        var result = await cli.ReconcileAsync("--index-table", "images", "--protect-tags", "", "--keep-pulled-days", "0");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldBe("AWS_ENDPOINT_URL_DYNAMODB is \"dynamo\": a URL such as http://127.0.0.1:5000\n");
    }
}
