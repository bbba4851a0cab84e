using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Testing.Wire;

namespace PushPruner.Cli.Tests.Reconcile;

public sealed class WhatGoesWrongTests : IAsyncLifetime
{
    readonly CliScenario cli = new();

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Has("team/app", 14);
        cli.Has("team/web", 14);
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData("nosuch", "team/app")]
    [InlineData("team/app", "nosuch")]
    public async Task A_repository_that_is_not_there_is_said_and_the_others_go_on(params string[] names)
    {
        var result = await cli.ReconcileAsync([.. names, "--yes"]);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("nosuch: there is no repository nosuch; is it the right account and region?\n");
        result.Output.ShouldContain("team/app: 4 manifests deleted");
        cli.Ecr.Images("team/app").Count.ShouldBe(10);
    }

    [Fact]
    public async Task One_repository_s_failure_is_one_line_and_the_others_go_on()
    {
        cli.Ecr.Faults.OnCall(c => c is { Repository: "team/app", Operation: "DescribeImages" } ? Fault.AccessDenied : null);

        var result = await cli.ReconcileAsync("--yes", "--json");

        result.ExitCode.ShouldBe(1);
        result.Error
            .Split('\n')
            .ShouldContain(
                "team/app: AccessDeniedException: User is not authorized to perform this action; the permissions it takes stand in the "
                    + "command's --help");
        result.Json["repositories"]![0]!["error"]!.GetValue<string>().ShouldStartWith("AccessDeniedException");
        result.Json["totals"]!["failed"]!.GetValue<int>().ShouldBe(1);
        result.Result("team/web")["deletedCount"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact]
    public async Task What_went_before_a_failure_is_counted()
    {
        cli.Has("team/big", 250);
        var calls = 0;
        cli.Ecr.Faults.OnCall(c =>
            c is { Repository: "team/big", Operation: "BatchDeleteImage" } && ++calls > 1 ? Fault.AccessDenied : null);

        var result = await cli.ReconcileAsync("team/big", "--yes");

        result.ExitCode.ShouldBe(1);
        cli.Ecr.Images("team/big").Count.ShouldBe(150);
        result.Output.ShouldContain("team/big: 100 manifests deleted, not all\n");
    }

    [Fact]
    public async Task A_refused_delete_is_told_in_ecr_s_words()
    {
        cli.Has("team/one", 11);
        var refused = ManifestFactory.Image("team/one:1", 1_000_000).Digest;
        var refusal =
            $$"""{"imageIds":[],"failures":[{"imageId":{"imageDigest":"{{refused}}","imageTag":"1"},"failureCode":"KmsError","failureReason":"the key is disabled"}]}""";
        await using var proxy = await RecordingProxy.StartAsync(
            cli.Url, answer => answer.Contains("\"failures\":", StringComparison.Ordinal) ? refusal : answer);

        var result = await cli.ReconcileAtAsync(proxy.Url, "team/one", "--yes");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain(
            $"team/one: 0 manifests deleted (0 B), 1 not\n  - {refused} not deleted: KmsError, the key is disabled\n");
        result.Output.ShouldEndWith("Nothing was deleted.\n1 manifest not deleted.\n");
    }

    [Fact]
    public async Task A_registry_that_can_not_be_listed_fails()
    {
        cli.Ecr.Faults.OnCall(c => c.Operation == "DescribeRepositories" ? Fault.AccessDenied : null);

        var result = await cli.ReconcileAsync("--yes");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldBe(
            "The repositories can't be listed: AccessDeniedException: User is not authorized to perform this action; the permissions it "
                + "takes stand in the command's --help\n");
        result.Output.ShouldBe("Nothing was deleted.\n");
        cli.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_registry_that_can_not_be_listed_is_a_document_all_the_same()
    {
        cli.Ecr.Faults.OnCall(c => c.Operation == "DescribeRepositories" ? Fault.AccessDenied : null);

        var result = await cli.ReconcileAsync("--yes", "--json");

        result.ExitCode.ShouldBe(1);
        result.Json["ending"]!.GetValue<string>().ShouldBe("failed");
        result.Json["error"]!
            .GetValue<string>()
            .ShouldBe(
                "The repositories can't be listed: AccessDeniedException: User is not authorized to perform this action; the "
                    + "permissions it takes stand in the command's --help");
        result.Json["repositories"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    [InlineData("--yes")]
    public async Task Where_all_fail_or_are_halted_nobody_is_told_that_there_is_nothing_to_delete(params string[] args)
    {
        cli.Ecr.Faults.OnCall(c => c is { Repository: "team/app", Operation: "DescribeImages" } ? Fault.AccessDenied : null);

        var text = await cli.ReconcileAsync([.. args, "--max-deletes", "2"]);
        var document = await cli.ReconcileAsync([.. args, "--max-deletes", "2", "--json"]);

        text.ExitCode.ShouldBe(1);
        text.Output.ShouldEndWith("\nNothing was deleted.\n1 repository failed, 1 repository halted.\n");
        document.ExitCode.ShouldBe(1);
        document.Json["ending"]!.GetValue<string>().ShouldBe("failed");
    }

    [Fact]
    public async Task One_repository_that_is_halted_stops_no_other_and_the_command_that_approves_it_does()
    {
        cli.Has("team/big", 60);

        var result = await cli.ReconcileAsync("--yes", "--max-deletes", "20", "--keep-newest", "7", "--protect-tags", "1,x*");

        result.ExitCode.ShouldBe(3);
        cli.Ecr.Images("team/big").Count.ShouldBe(60);
        cli.Ecr.Images("team/app").Count.ShouldBe(8);
        var hash = PolicyHash.Of(new RetentionPolicy { KeepNewest = 7, ProtectTags = WildcardSet.Of("1", "x*") });
        result.Lines.Single(l => l.StartsWith("  pushpruner ", StringComparison.Ordinal)).ShouldBe(
            $"  pushpruner reconcile team/big --max-deletes 52 --as-of 2026-06-01T12:00:00Z --policy-hash {hash} --keep-newest 7 "
                + $"--protect-tags '1,x*' --endpoint-url {cli.Url}");

        var approved = await cli.ApproveAsync(result);
        approved.ExitCode.ShouldBe(0, approved.Output + approved.Error);
        cli.Ecr.Images("team/big").Count.ShouldBe(8);
    }

    [Fact]
    public async Task What_failed_goes_before_what_is_halted_in_the_exit_code()
    {
        var result = await cli.ReconcileAsync("team/app", "nosuch", "--dry-run", "--max-deletes", "2");

        result.Output.ShouldContain("halted");
        result.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_document_holds_the_command_that_approves()
    {
        var result = await cli.ReconcileAsync("team/app", "--dry-run", "--json", "--max-deletes", "2");

        result.ExitCode.ShouldBe(3);
        result.Json["repositories"]![0]!["approve"]!
            .GetValue<string>()
            .ShouldBe(
                $"pushpruner reconcile team/app --max-deletes 4 --as-of 2026-06-01T12:00:00Z --policy-hash "
                    + $"{PolicyHash.Of(new RetentionPolicy())} --endpoint-url {cli.Url}");
        result.Result("team/app")["outcome"]!.GetValue<string>().ShouldBe("halted");
    }

    [Fact]
    public async Task More_than_one_run_may_delete_are_not_approved_by_a_number_that_is_refused()
    {
        const string WayOut =
            "one run may delete 100000 at most, so run it first with --max-deletes 100000 and a --keep-days so large that no more are "
                + "expired";
        cli.Ecr.Seed(
            "team/huge",
            Enumerable
                .Range(1, 100_011)
                .Select(n => ManifestFactory.Image($"{n}", 1_000).At(CliScenario.Noon.AddDays(-90).AddSeconds(n), $"{n}")));

        var text = await cli.ReconcileAsync("team/huge", "--dry-run");
        var document = await cli.ReconcileAsync("team/huge", "--dry-run", "--json");

        text.ExitCode.ShouldBe(3);
        text.Lines.ShouldContain($"  {WayOut}");
        text.Output.ShouldNotContain("--max-deletes 100001");
        document.Json["repositories"]![0]!["approve"]!.GetValue<string>().ShouldBe(WayOut);
    }
}
