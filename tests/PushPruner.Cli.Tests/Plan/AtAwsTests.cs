using PushPruner.Cli.Tests.Reconcile;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Plan;

public sealed class AtAwsTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task The_plan_says_of_each_repository_what_stays_and_what_goes()
    {
        cli.Has("team/app", 14);
        cli.Has("team/mailer", 3, days: 300);
        cli.HasMultiArch("team/web", 12);

        var result = await cli.PlanAsync();

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldBe("""
            Keeping the newest 10 and everything up to 30 days old.
            Registry of account 123456789012 in us-east-1.

            ╭────────────────┬────────┬──────┬─────────┬─────────┬────────┬─────────┬───────────────╮
            │ Repository     │ Images │ Kept │ Expired │    Size │  Frees │ A month │ Saves a month │
            ├────────────────┼────────┼──────┼─────────┼─────────┼────────┼─────────┼───────────────┤
            │ team/app       │     14 │   10 │       4 │ ≤ 14 MB │ ≤ 4 MB │ ≤ $0.00 │       ≤ $0.00 │
            │ team/mailer    │      3 │    3 │       0 │  ≤ 3 MB │    0 B │ ≤ $0.00 │         $0.00 │
            │ team/web       │     12 │   10 │       2 │ ≤ 24 MB │ ≤ 4 MB │ ≤ $0.00 │       ≤ $0.00 │
            ├────────────────┼────────┼──────┼─────────┼─────────┼────────┼─────────┼───────────────┤
            │ 3 repositories │     29 │   23 │       6 │ ≤ 41 MB │ ≤ 8 MB │ ≤ $0.00 │       ≤ $0.00 │
            ╰────────────────┴────────┴──────┴─────────┴─────────┴────────┴─────────┴───────────────╯
            6 images would be deleted, 10 manifests in all. That frees up to 8 MB of 41 MB, and saves up to $0.00 a month, up to $0.01 a year.
            "Up to" (≤), because images share layers: a size counts a layer in each image that has it. --layers counts each layer once.
            A deployed stack costs some $4 a month (alarms, metrics and the weekly reconcile), more than it would save here.

            No repository has more than 500 expired images (MAX_DELETES), so no run is halted.

            The common rule "30 days plus 10 more" counts its 10 among the older images alone; here the young ones count too. It would delete the same images.

            Nothing was deleted. Next:
              Add --details to see each image with its reason.
              Add --in-use FILE to see whether any of them runs.
              Delete them now, after a question:
                pushpruner reconcile --endpoint-url ENDPOINT
              Let each push do it; it begins as a dry run (README.md, Deploy):
                sam build && sam deploy --config-env dev

            """.Replace("ENDPOINT", cli.Url.ToString(), StringComparison.Ordinal).ReplaceLineEndings("\n"));
        result.Error.ShouldBeEmpty("it is done in less than ten seconds");
    }

    [Theory]
    [InlineData]
    [InlineData("--details")]
    [InlineData("--json", "--layers")]
    [InlineData("--csv", "--in-use", "-")]
    public async Task Nothing_is_called_that_changes_anything(params string[] args)
    {
        cli.Has("team/app", 14);
        cli.HasMultiArch("team/web", 12);
        cli.Terminal = new StringReader("team/app:1");

        await cli.PlanAsync(args);

        cli.Ecr.Calls.Count("DescribeImages").ShouldBe(2);
        cli.Changes.ShouldBeEmpty();
        cli.Ecr.Images("team/app").Count.ShouldBe(14);
    }

    [Fact]
    public async Task It_names_what_the_reconcile_deletes()
    {
        cli.Has("team/app", 14);
        cli.HasMultiArch("team/web", 12);
        var plan = await cli.PlanAsync("--json");

        await cli.ReconcileAsync("--yes");

        var left = ((string[])["team/app", "team/web"]).SelectMany(cli.Ecr.Images).Select(i => i.Digest).ToHashSet();
        foreach (var image in plan.Json["repositories"]!.AsArray().SelectMany(r => r!["images"]!.AsArray()))
            left.Contains(image!["digest"]!.GetValue<string>()).ShouldBe(image["verdict"]!.GetValue<string>() == "kept");
    }

    [Fact]
    public async Task More_than_a_page_is_listed_page_by_page()
    {
        cli.Has("team/app", 2_345, days: 300);

        var result = await cli.PlanAsync("team/app", "--json");

        result.Json["totals"]!["images"]!.GetValue<int>().ShouldBe(2_345);
        cli.Ecr.Calls.Count("DescribeImages").ShouldBe(3);
        cli.Ecr.Calls.Count().ShouldBe(5, cli.Ecr.Calls.ToString());
    }

    [Fact]
    public async Task Layers_are_read_100_manifests_a_call()
    {
        cli.Has("team/app", 250, days: 300);

        var result = await cli.PlanAsync("team/app", "--json", "--layers");

        cli.Ecr.Calls.Count("BatchGetImage").ShouldBe(3);
        result.Error.ShouldStartWith(
            "Every manifest is read for its layers. ECR records that as a pull of each, which lifecycle rules and KEEP_PULLED_DAYS go "
                + "by.\n");
        result.Json["totals"]!["layers"]!["manifestsRead"]!.GetValue<int>().ShouldBe(250);
    }

    [Fact]
    public async Task Resource_tags_of_a_repository_are_heeded_and_told()
    {
        cli.Has("team/app", 14);
        cli.Has("team/off", 14);
        cli.Has("team/web", 14);
        Tag("team/app", "pushpruner:keep-newest", "12");
        Tag("team/off", "pushpruner:enabled", "false");
        Tag("team/web", "pushpruner:protect-tags", "1 4");

        var text = await cli.PlanAsync("--details");
        var json = await cli.PlanAsync("--json");

        text.Output.ShouldContain("* team/app has resource tags of its own. Keeping the newest 12 and everything up to 30 days old.\n");
        text.Output.ShouldContain("* team/off keeps everything: the repository's resource tag pushpruner:enabled is false.\n");
        text.Output.ShouldContain(
            "* team/web has resource tags of its own. Keeping the newest 10 and everything up to 30 days old, and what a tag protects "
                + "(1,4).\n");
        text.Output.ShouldContain(
            "team/off: 14 images, 0 expired, everything is kept: the repository's resource tag pushpruner:enabled is false\n");
        text.Lines.Where(l => l.Contains("expired but for that (rank 1", StringComparison.Ordinal))
            .Select(l => l[..5])
            .ShouldBe(["  + 4", "  + 3", "  + 2", "  + 1"]);
        json.Json["repositories"]!.AsArray().Select(r => r!["totals"]!["expired"]!.GetValue<int>()).ShouldBe([2, 0, 2]);
        json.Json["repositories"]![1]!["keepsEverything"]!
            .GetValue<string>()
            .ShouldBe("the repository's resource tag pushpruner:enabled is false");
        json.Json["repositories"]![1]!["images"]!.AsArray().ShouldAllBe(i => i!["verdict"]!.GetValue<string>() == "kept");
        json.Json["repositories"]![0]!["policy"]!["keepNewest"]!.GetValue<int>().ShouldBe(12);
        json.Json["policy"]!["keepNewest"]!.GetValue<int>().ShouldBe(10);
    }

    [Fact]
    public async Task One_repository_s_failure_stops_no_other()
    {
        cli.Has("team/app", 14);
        cli.Has("team/web", 14);
        cli.Ecr.Faults.OnCall(c => c is { Repository: "team/app", Operation: "DescribeImages" } ? Fault.AccessDenied : null);

        var text = await cli.PlanAsync();
        var json = await cli.PlanAsync("--json");
        var csv = await cli.PlanAsync("--csv");

        text.ExitCode.ShouldBe(1);
        text.Error.ShouldContain(
            "team/app: AccessDeniedException: User is not authorized to perform this action; the permissions it takes stand in the "
                + "command's --help\n");
        text.Output.ShouldContain("│ team/app       │ failed │");
        text.Output.ShouldContain("1 repository failed: team/app.\n");
        json.ExitCode.ShouldBe(1);
        json.Json["repositories"]![0]!["error"]!.GetValue<string>().ShouldStartWith("AccessDeniedException");
        json.Json["totals"]!["failed"]!.GetValue<int>().ShouldBe(1);
        json.Json["totals"]!["expired"]!.GetValue<int>().ShouldBe(4);
        csv.ExitCode.ShouldBe(1);
        csv.Lines.Count.ShouldBe(1 + 14 + 1);
    }

    [Fact]
    public async Task Manifests_that_may_not_be_read_cost_only_the_layers()
    {
        cli.Has("team/app", 14);
        cli.Ecr.Faults.OnCall(c => c.Operation == "BatchGetImage" ? Fault.AccessDenied : null);

        var result = await cli.PlanAsync("--layers");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("team/app: its manifests can't be read: AccessDeniedException: ");
        result.Output.ShouldContain("4 images would be deleted");
        result.Output.ShouldContain("No manifest could be read, so nobody knows the layers");
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_said()
    {
        cli.Has("team/app", 14);

        var result = await cli.PlanAsync("nosuch", "team/app");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("nosuch: there is no repository nosuch; is it the right account and region?\n");
        result.Output.ShouldContain("4 images would be deleted");
    }

    [Fact]
    public async Task A_registry_that_can_not_be_listed_fails()
    {
        cli.Ecr.Faults.OnCall(c => c.Operation == "DescribeRepositories" ? Fault.AccessDenied : null);

        var result = await cli.PlanAsync("--json");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldBe(
            "The repositories can't be listed: AccessDeniedException: User is not authorized to perform this action; the permissions it "
                + "takes stand in the command's --help\n");
    }

    [Fact]
    public async Task An_empty_registry_is_said_to_be()
    {
        var result = await cli.PlanAsync();

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldEndWith("No repository to look at.\n");
        (await cli.PlanAsync("--json")).Json["totals"]!["repositories"]!.GetValue<int>().ShouldBe(0);
        (await cli.PlanAsync("--csv")).Output.ShouldStartWith("repository,verdict,");
    }

    [Fact]
    public async Task Without_a_region_the_way_out_is_told()
    {
        var result = await cli.RunAsync("plan");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldStartWith("--region is not set: give it, or set AWS_REGION");
        result.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--json and --csv print one document each: give one of them", "--json", "--csv")]
    [InlineData("- is the standard input, which can be read once", "--from", "-", "--in-use", "-")]
    [InlineData("--price is \"free\": dollars for a GB and month, such as 0.10", "--price", "free")]
    [InlineData("there is no option --detials; did you mean --details?", "--detials")]
    [InlineData("--details takes no value", "--details=yes")]
    [InlineData("--at is \"noon\": a day or a time such as", "--at", "noon")]
    public async Task Wrong_usage_is_named(string message, params string[] args)
    {
        var result = await cli.RunAsync(["plan", .. args]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(message);
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_help_tells_examples_exit_codes_and_permissions()
    {
        var result = await cli.RunAsync("plan", "--help");

        result.ExitCode.ShouldBe(0);
        foreach (var part in (string[])
                [
                    "Examples:",
                    "Exit codes:",
                    "Permissions,",
                    "ecr:BatchGetImage",
                    "as a pull",
                    "kubectl get pods",
                    "3    something that is expired is in use",
                ])
        {
            result.Output.ShouldContain(part);
        }
    }

    void Tag(string repository, string key, string value) => cli.Ecr.TagResource(new TagResourceCall
    {
        ResourceArn = $"arn:aws:ecr:us-east-1:123456789012:repository/{repository}",
        Tags = [new ResourceTag { Key = key, Value = value }],
    });
}
